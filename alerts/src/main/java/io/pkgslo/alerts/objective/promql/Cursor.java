// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.promql;

import java.util.List;

/** A place between tokens; for one thread. */
final class Cursor {
  private final List<Token> tokens;
  private int at;

  Cursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  /** The next token; the end stays the end. */
  Token next() {
    Token token = tokens.get(at);
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  /** Index after the last character that was read. */
  int previousEnd() {
    return at == 0 ? 0 : tokens.get(at - 1).end();
  }

  /** Reads {@code sign} if it comes next. */
  boolean skip(String sign) {
    boolean is = peek().is(sign);
    if (is) {
      next();
    }
    return is;
  }

  boolean skipWord(String word) {
    boolean is = peek().isWord(word);
    if (is) {
      next();
    }
    return is;
  }

  void expect(String sign, String expected) throws PromqlException {
    if (!skip(sign)) {
      throw unexpected(expected);
    }
  }

  Token expect(Token.Kind kind, String expected) throws PromqlException {
    if (peek().kind() != kind) {
      throw unexpected(expected);
    }
    return next();
  }

  PromqlException unexpected(String expected) {
    return new PromqlException(peek().shown() + " at " + peek().start() + ", expected " + expected);
  }
}
