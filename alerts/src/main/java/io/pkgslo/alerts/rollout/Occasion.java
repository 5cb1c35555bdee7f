// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

/** Why a rollout was judged. */
enum Occasion {
  OPENED("opened"),
  LOOK("look"),
  CRASH("crash"),
  ORDER("order"),
  REOPENED("reopened"),
  CLOSED("closed");

  private final String wireName;

  Occasion(String wireName) {
    this.wireName = wireName;
  }

  /** The name in records. */
  String wireName() {
    return wireName;
  }

  /** Whether the ledger has a record of it even if nothing else changed. */
  boolean isRecorded() {
    return switch (this) {
      case OPENED, ORDER, REOPENED, CLOSED -> true;
      case LOOK, CRASH -> false;
    };
  }
}
