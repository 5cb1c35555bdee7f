// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a query into tokens. */
final class Lexer {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<blank>[ \\t\\r\\n]+|#[^\\n]*)"
              + "|(?<duration>(?:[0-9]+(?:ms|[smhdwy])){1,8}(?![a-zA-Z0-9_]))"
              + "|(?<number>0[xX][0-9a-fA-F]+|(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
              + "(?![a-zA-Z0-9_]))"
              + "|(?<name>[a-zA-Z_][a-zA-Z0-9_:]*)"
              + "|(?<sign>=~|!~|==|!=|<=|>=|[-+*/%^=<>(){}\\[\\],:@])");

  private Lexer() {}

  static List<Token> tokens(String query) throws PromqlException {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(query);
    int at = 0;
    while (at < query.length()) {
      if ("\"'`".indexOf(query.charAt(at)) >= 0) {
        int end = endOfString(query, at);
        tokens.add(new Token(Token.Kind.STRING, query.substring(at, end), at, end));
        at = end;
        continue;
      }
      matcher.region(at, query.length());
      if (!matcher.lookingAt()) {
        throw new PromqlException(
            "'"
                + query.substring(at, Math.min(query.length(), at + 10))
                + "' at "
                + at
                + ", expected PromQL");
      }
      if (matcher.group("blank") == null) {
        tokens.add(new Token(kind(matcher), matcher.group(), at, matcher.end()));
      }
      at = matcher.end();
    }
    tokens.add(new Token(Token.Kind.END, "", at, at));
    return tokens;
  }

  /** By hand: a pattern for long strings would need as deep a stack. */
  private static int endOfString(String query, int start) throws PromqlException {
    char quote = query.charAt(start);
    for (int at = start + 1; at < query.length(); at++) {
      char c = query.charAt(at);
      if (c == quote) {
        return at + 1;
      }
      if (c == '\\' && quote != '`') {
        at++;
      } else if (c == '\n' && quote != '`') {
        break;
      }
    }
    throw new PromqlException("a quote at " + start + " that does not end, expected another");
  }

  private static Token.Kind kind(Matcher matcher) {
    if (matcher.group("duration") != null) {
      return Token.Kind.DURATION;
    }
    if (matcher.group("number") != null) {
      return Token.Kind.NUMBER;
    }
    if (matcher.group("name") != null) {
      return Token.Kind.NAME;
    }
    return Token.Kind.SIGN;
  }
}
