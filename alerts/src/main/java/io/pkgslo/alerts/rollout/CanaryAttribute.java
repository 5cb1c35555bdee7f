// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

/**
 * What marks the calls of a canary that has the version of its baseline.
 *
 * @param name one of {@code pkgslo.ingest.arm-attributes}
 * @param value that calls of a canary have, and no others
 */
public record CanaryAttribute(String name, String value) {
  public CanaryAttribute {
    if (name.isBlank() || value.isBlank()) {
      throw new IllegalArgumentException("an attribute needs a name and a value");
    }
  }

  /**
   * Reads {@code name=value}.
   *
   * @throws IllegalArgumentException if it is no such pair
   */
  public static CanaryAttribute parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      throw new IllegalArgumentException("\"" + text + "\", expected name=value");
    }
    return new CanaryAttribute(text.substring(0, equals), text.substring(equals + 1));
  }
}
