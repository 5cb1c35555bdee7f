// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.promql;

/**
 * What a part of a query is.
 *
 * @param selector true for a selector of series without a range, or a sum of one
 * @param start index of the selector itself, likewise {@code end}
 */
record Expr(Type type, boolean selector, int start, int end) {
  /** Types of PromQL. */
  enum Type {
    SCALAR("a number"),
    STRING("text"),
    VECTOR("a vector"),
    MATRIX("a range of series");

    private final String words;

    Type(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  static Expr of(Type type) {
    return new Expr(type, false, 0, 0);
  }
}
