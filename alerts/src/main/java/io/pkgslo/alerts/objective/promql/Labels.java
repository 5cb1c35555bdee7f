// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.promql;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Names of labels, and matchers over their values. */
final class Labels {
  private Labels() {}

  /** Reads {@code (a, b)}. */
  static void names(Cursor cursor) throws PromqlException {
    cursor.expect("(", "'(' and names of labels");
    while (!cursor.skip(")")) {
      cursor.expect(Token.Kind.NAME, "the name of a label");
      if (!cursor.skip(",") && !cursor.peek().is(")")) {
        throw cursor.unexpected("',' or ')'");
      }
    }
  }

  /**
   * Reads <code>{a="b"}</code>.
   *
   * @param named whether the name of a metric stands before
   */
  static void matchers(Cursor cursor, boolean named) throws PromqlException {
    cursor.expect("{", "'{'");
    boolean selects = named;
    while (!cursor.skip("}")) {
      selects |= matcher(cursor);
      if (!cursor.skip(",") && !cursor.peek().is("}")) {
        throw cursor.unexpected("',' or '}'");
      }
    }
    if (!selects) {
      throw new PromqlException(
          "a selector that takes everything, expected a metric or a value that is not empty");
    }
  }

  /** True when the matcher leaves out series without the label. */
  private static boolean matcher(Cursor cursor) throws PromqlException {
    cursor.expect(Token.Kind.NAME, "the name of a label");
    Token operator = cursor.next();
    boolean regex = operator.is("=~") || operator.is("!~");
    if (!regex && !operator.is("=") && !operator.is("!=")) {
      throw new PromqlException(operator.shown() + ", expected =, !=, =~ or !~");
    }
    String text = cursor.expect(Token.Kind.STRING, "a value in quotes").text();
    String value = text.substring(1, text.length() - 1);
    if (regex) {
      checkRegex(value.replace("\\\\", "\\"));
    }
    return switch (operator.text()) {
      case "=" -> !value.isEmpty();
      case "=~" -> !value.isEmpty() && !value.equals(".*");
      default -> value.isEmpty();
    };
  }

  /** RE2 has less than Java: what Java refuses, it refuses too. */
  private static void checkRegex(String regex) throws PromqlException {
    try {
      Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new PromqlException("the expression '" + regex + "', expected one of RE2");
    }
  }
}
