// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model.filter;

import java.util.ArrayList;
import java.util.List;

/** Cuts a filter into words. */
final class Lexer {
  private static final List<String> SIGNS =
      List.of("==", "!=", "<=", ">=", "&&", "||", "=~", "!~", "<", ">", "(", ")", "[", "]", ",");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  /** The words, and an END. */
  static List<Token> of(String text) throws FilterException {
    Lexer lexer = new Lexer(text);
    lexer.readAll();
    return lexer.tokens;
  }

  private void readAll() throws FilterException {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '"' || c == '\'') {
        quoted(c);
      } else if (isDigit(c)
          || (c == '-' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
        number();
      } else if (Character.isLetter(c) || c == '_') {
        name();
      } else {
        sign();
      }
    }
    tokens.add(new Token(Token.Kind.END, "", text.length()));
  }

  private void quoted(char quote) throws FilterException {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      if (text.charAt(at) == '\\') {
        at++;
        if (at == text.length()) {
          break;
        }
        char escaped = text.charAt(at);
        if (escaped != quote && escaped != '\\') {
          throw new FilterException(
              at - 1, "found '\\" + escaped + "', expected \\\\ or \\" + quote + " behind a \\");
        }
      }
      value.append(text.charAt(at++));
    }
    if (at == text.length()) {
      throw new FilterException(start, "found text without its end, expected a closing " + quote);
    }
    at++;
    tokens.add(new Token(Token.Kind.TEXT, value.toString(), start));
  }

  private void number() throws FilterException {
    int start = at++;
    while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    String number = text.substring(start, at);
    if (!number.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")
        || (at < text.length() && isNamePart(text.charAt(at)))) {
      throw new FilterException(
          start,
          "found '" + number + "', expected a decimal such as 250 or 0.5, or text in quotes");
    }
    tokens.add(new Token(Token.Kind.NUMBER, number, start));
  }

  private void name() {
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    tokens.add(new Token(Token.Kind.NAME, text.substring(start, at), start));
  }

  private void sign() throws FilterException {
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        tokens.add(new Token(Token.Kind.SIGN, sign, at));
        at += sign.length();
        return;
      }
    }
    String found = new String(Character.toChars(text.codePointAt(at)));
    String expected =
        switch (found) {
          case "=" -> "==";
          case "!" -> "!= or not";
          default -> "a key, a comparison, a bracket, and, or, not";
        };
    throw new FilterException(at, "found '" + found + "', expected " + expected);
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '/';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
