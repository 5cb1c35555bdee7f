// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

/** The two sides of a rollout. */
public enum Arm {
  /** The version under test. */
  CANARY("canary"),
  /** The version that it is compared with. */
  BASELINE("baseline");

  private final String wireName;

  Arm(String wireName) {
    this.wireName = wireName;
  }

  /** The name on every wire. */
  public String wireName() {
    return wireName;
  }
}
