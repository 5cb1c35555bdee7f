// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.prometheus;

import io.pkgslo.alerts.gate.http.BadAsk;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts an expression into words, numbers, quoted texts and signs. */
final class Lexer {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:([a-zA-Z_:][a-zA-Z0-9_:]*)|([0-9]*\\.?[0-9]+(?:[eE][+-]?[0-9]+)?)"
              + "|\"((?:[^\"\\\\]|\\\\.)*+)\"|'((?:[^'\\\\]|\\\\.)*+)'|(=~|!=|!~|[={}(),+*/-]))");
  private static final int MAX_CHARS = 4096;

  private Lexer() {}

  enum Kind {
    WORD,
    NUMBER,
    TEXT,
    SIGN,
    END
  }

  record Token(Kind kind, String text) {}

  static List<Token> tokens(String expression) {
    if (expression.length() > MAX_CHARS) {
      throw new BadAsk("the expression is longer than " + MAX_CHARS + " characters");
    }
    String trimmed = expression.strip();
    List<Token> tokens = new ArrayList<>();
    java.util.regex.Matcher matcher = TOKEN.matcher(trimmed);
    int at = 0;
    while (at < trimmed.length()) {
      matcher.region(at, trimmed.length());
      if (!matcher.lookingAt()) {
        throw new BadAsk("not understood from character " + (at + 1) + " on");
      }
      tokens.add(token(matcher));
      at = matcher.end();
    }
    tokens.add(new Token(Kind.END, ""));
    return tokens;
  }

  private static Token token(java.util.regex.Matcher matcher) {
    if (matcher.group(1) != null) {
      return new Token(Kind.WORD, matcher.group(1));
    }
    if (matcher.group(2) != null) {
      return new Token(Kind.NUMBER, matcher.group(2));
    }
    String quoted = matcher.group(3) == null ? matcher.group(4) : matcher.group(3);
    return quoted == null
        ? new Token(Kind.SIGN, matcher.group(5))
        : new Token(Kind.TEXT, unescaped(quoted));
  }

  private static String unescaped(String quoted) {
    StringBuilder text = new StringBuilder();
    boolean escape = false;
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      if (escape) {
        text.append(unescaped(c));
        escape = false;
      } else if (c == '\\') {
        escape = true;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static char unescaped(char escaped) {
    return switch (escaped) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case '\\', '"', '\'' -> escaped;
      default -> throw new BadAsk("unknown escape \\" + escaped);
    };
  }
}
