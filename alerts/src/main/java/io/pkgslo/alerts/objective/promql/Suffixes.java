// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.promql;

/** What may stand behind a query: a range, a subquery, offset and {@code @}. */
final class Suffixes {
  private final Cursor cursor;

  Suffixes(Cursor cursor) {
    this.cursor = cursor;
  }

  Expr read(Expr query) throws PromqlException {
    Expr read = query;
    while (true) {
      boolean plain = read.selector() && read.end() == cursor.previousEnd();
      if (cursor.skip("[")) {
        read = range(read, plain);
      } else if (cursor.skipWord("offset")) {
        cursor.skip("-");
        cursor.expect(Token.Kind.DURATION, "a duration such as 5m");
        read = shifted(read, "offset");
      } else if (cursor.skip("@")) {
        at();
        read = shifted(read, "@");
      } else {
        return read;
      }
    }
  }

  /** A range needs a selector itself, a subquery any vector. */
  private Expr range(Expr query, boolean plain) throws PromqlException {
    if (query.type() != Expr.Type.VECTOR) {
      throw new PromqlException(
          "a range over " + query.type().words() + ", expected one over a vector");
    }
    cursor.expect(Token.Kind.DURATION, "a duration such as 5m");
    boolean subquery = cursor.skip(":");
    if (subquery && cursor.peek().kind() == Token.Kind.DURATION) {
      cursor.next();
    }
    cursor.expect("]", "']'");
    if (!subquery && !plain) {
      throw new PromqlException("a range over a result, expected [5m:] or a selector");
    }
    return Expr.of(Expr.Type.MATRIX);
  }

  private void at() throws PromqlException {
    if (cursor.skipWord("start") || cursor.skipWord("end")) {
      cursor.expect("(", "'()'");
      cursor.expect(")", "')'");
    } else {
      cursor.skip("-");
      cursor.expect(Token.Kind.NUMBER, "a time in seconds, start() or end()");
    }
  }

  private static Expr shifted(Expr query, String word) throws PromqlException {
    if (query.type() != Expr.Type.VECTOR && query.type() != Expr.Type.MATRIX) {
      throw new PromqlException(
          word + " after " + query.type().words() + ", expected it after a selector");
    }
    return Expr.of(query.type());
  }
}
