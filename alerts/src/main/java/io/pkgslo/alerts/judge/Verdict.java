// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

/**
 * What a pipeline is told. {@link #HOLD} is the answer to everything that the judge does not know.
 *
 * @see <a href="https://argo-rollouts.readthedocs.io/">Argo Rollouts</a>, whose web provider reads
 *     the wire name and the code
 */
public enum Verdict {
  PROMOTE("promote", 1, 0),
  HOLD("hold", 0, 10),
  ROLLBACK("rollback", -1, 20);

  private final String wireName;
  private final int code;
  private final int exitCode;

  Verdict(String wireName, int code, int exitCode) {
    this.wireName = wireName;
    this.code = code;
    this.exitCode = exitCode;
  }

  /** The name on every wire: {@code promote}, {@code hold} or {@code rollback}. */
  public String wireName() {
    return wireName;
  }

  /** The number for callers that compare numbers: 1, 0 or -1. */
  public int code() {
    return code;
  }

  /** The exit status of a command that ends with this verdict: 0, 10 or 20. */
  public int exitCode() {
    return exitCode;
  }

  /**
   * The verdict of a wire name.
   *
   * @throws IllegalArgumentException if the name is none of the three
   */
  public static Verdict ofWireName(String wireName) {
    for (Verdict verdict : values()) {
      if (verdict.wireName.equals(wireName)) {
        return verdict;
      }
    }
    throw new IllegalArgumentException(
        "verdict is \"" + wireName + "\", expected promote, hold or rollback");
  }
}
