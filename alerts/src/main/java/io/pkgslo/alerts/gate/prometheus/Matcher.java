// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.prometheus;

import io.pkgslo.alerts.gate.http.BadAsk;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** One condition of a selector, such as {@code service="shop"}. */
record Matcher(String label, Operator operator, String value, Pattern pattern) {
  private static final int MAX_PATTERN_CHARS = 500;

  enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    MATCHES("=~"),
    NOT_MATCHES("!~");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    static Operator of(String text) {
      for (Operator operator : values()) {
        if (operator.text.equals(text)) {
          return operator;
        }
      }
      throw new BadAsk("expected =, !=, =~ or !~, not '" + text + "'");
    }
  }

  static Matcher of(String label, String operator, String value) {
    Operator known = Operator.of(operator);
    boolean literal = known == Operator.EQUAL || known == Operator.NOT_EQUAL;
    if (value.length() > MAX_PATTERN_CHARS) {
      throw new BadAsk("the value of " + label + " is too long");
    }
    try {
      return new Matcher(
          label,
          known,
          value,
          literal ? Pattern.compile(Pattern.quote(value)) : Pattern.compile(value));
    } catch (PatternSyntaxException e) {
      throw new BadAsk("the pattern of " + label + " is not understood");
    }
  }

  boolean accepts(Sample sample) {
    String given = sample.label(label);
    return switch (operator) {
      case EQUAL -> given.equals(value);
      case NOT_EQUAL -> !given.equals(value);
      case MATCHES -> pattern.matcher(new Budgeted(given)).matches();
      case NOT_MATCHES -> !pattern.matcher(new Budgeted(given)).matches();
    };
  }
}
