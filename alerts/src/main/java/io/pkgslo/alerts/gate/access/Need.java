// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

/** What a request asks of its caller. */
public enum Need {
  /** Nobody's secret: a description of the API. */
  NOTHING,
  /** Reading, which a setting opens to everybody. */
  READ,
  /** Likewise, from a tool that can send its token in the body only. */
  READ_TOKEN_IN_BODY,
  /** Changing what pkgslo knows of a rollout. */
  OPERATE,
  /** Deciding against the evidence. */
  ADMINISTER;

  boolean isReading() {
    return this == NOTHING || this == READ || this == READ_TOKEN_IN_BODY;
  }
}
