// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

/**
 * How the gates answer.
 *
 * @param publicUrl start of the links in answers; empty for relative ones
 * @param limits from when on data is stale
 * @param maxBodyBytes longest body of a request
 */
public record GateSettings(String publicUrl, StalenessLimits limits, int maxBodyBytes) {
  /** Without configuration. */
  public static final GateSettings DEFAULT =
      new GateSettings("", StalenessLimits.DEFAULT, 1024 * 1024);

  public GateSettings {
    if (maxBodyBytes < 1024) {
      throw new IllegalArgumentException(
          "pkgslo.alerts.gate.max-body-bytes is " + maxBodyBytes + ", expected 1024 or more");
    }
  }
}
