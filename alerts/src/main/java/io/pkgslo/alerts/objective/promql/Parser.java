// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a query by recursive descent, as deep as {@value #MOST_DEPTH} levels. */
final class Parser {
  private static final int MOST_DEPTH = 100;

  private static final List<List<String>> LEVELS =
      List.of(
          List.of("or"),
          List.of("and", "unless"),
          List.of("==", "!=", "<=", "<", ">=", ">"),
          List.of("+", "-"),
          List.of("*", "/", "%", "atan2"));

  private static final int COMPARISON = 2;

  private final Cursor cursor;
  private int depth;

  Parser(String query) throws PromqlException {
    this.cursor = new Cursor(Lexer.tokens(query));
  }

  Expr parse() throws PromqlException {
    Expr whole = binary(0);
    if (cursor.peek().kind() != Token.Kind.END) {
      throw cursor.unexpected("the end or an operator");
    }
    return whole;
  }

  private Expr binary(int level) throws PromqlException {
    if (level == LEVELS.size()) {
      return power();
    }
    Expr left = binary(level + 1);
    String operator = operator(level);
    while (operator != null) {
      boolean bool = modifiers(level);
      Expr right = binary(level + 1);
      left = combined(operator, level, bool, left, right);
      operator = operator(level);
    }
    return left;
  }

  private @Nullable String operator(int level) {
    for (String operator : LEVELS.get(level)) {
      if (cursor.peek().is(operator) || cursor.peek().isWord(operator)) {
        cursor.next();
        return operator;
      }
    }
    return null;
  }

  /** Reads bool, on, ignoring, group_left and group_right; true when there is bool. */
  private boolean modifiers(int level) throws PromqlException {
    boolean bool = level == COMPARISON && cursor.skipWord("bool");
    if (cursor.skipWord("on") || cursor.skipWord("ignoring")) {
      Labels.names(cursor);
      if ((cursor.skipWord("group_left") || cursor.skipWord("group_right"))
          && cursor.peek().is("(")) {
        Labels.names(cursor);
      }
    }
    return bool;
  }

  private static Expr combined(String operator, int level, boolean bool, Expr left, Expr right)
      throws PromqlException {
    for (Expr side : List.of(left, right)) {
      if (side.type() != Expr.Type.SCALAR && side.type() != Expr.Type.VECTOR) {
        throw new PromqlException(
            side.type().words() + " beside '" + operator + "', expected a number or a vector");
      }
    }
    boolean numbers = left.type() == Expr.Type.SCALAR && right.type() == Expr.Type.SCALAR;
    boolean anyNumber = left.type() == Expr.Type.SCALAR || right.type() == Expr.Type.SCALAR;
    if (level < COMPARISON && anyNumber) {
      throw new PromqlException("a number beside '" + operator + "', expected vectors");
    }
    if (level == COMPARISON && numbers && !bool) {
      throw new PromqlException("two numbers beside '" + operator + "', expected bool after it");
    }
    return Expr.of(numbers ? Expr.Type.SCALAR : Expr.Type.VECTOR);
  }

  /** Binds from the right, and stronger than a sign. */
  private Expr power() throws PromqlException {
    if (++depth > MOST_DEPTH) {
      throw new PromqlException("more than " + MOST_DEPTH + " levels, expected a simpler query");
    }
    try {
      if (cursor.skip("-") || cursor.skip("+")) {
        Expr operand = power();
        return combined("-", COMPARISON + 1, false, operand, operand);
      }
      Expr base = new Suffixes(cursor).read(primary());
      if (cursor.skip("^")) {
        modifiers(COMPARISON + 1);
        return combined("^", COMPARISON + 1, false, base, power());
      }
      return base;
    } finally {
      depth--;
    }
  }

  private Expr primary() throws PromqlException {
    Token token = cursor.peek();
    switch (token.kind()) {
      case NUMBER -> {
        cursor.next();
        return Expr.of(Expr.Type.SCALAR);
      }
      case STRING -> {
        cursor.next();
        return Expr.of(Expr.Type.STRING);
      }
      case NAME -> {
        return named();
      }
      case SIGN -> {
        if (token.is("{")) {
          return selector(token.start());
        }
        cursor.expect("(", "a query");
        Expr inner = binary(0);
        cursor.expect(")", "')' or an operator");
        return new Expr(inner.type(), inner.selector(), inner.start(), inner.end());
      }
      case DURATION, END -> throw cursor.unexpected("a query");
    }
    throw cursor.unexpected("a query");
  }

  private Expr named() throws PromqlException {
    Token name = cursor.next();
    String lower = name.text().toLowerCase(Locale.ROOT);
    if (lower.equals("inf") || lower.equals("nan")) {
      return Expr.of(Expr.Type.SCALAR);
    }
    boolean grouping = cursor.peek().isWord("by") || cursor.peek().isWord("without");
    Character parameter = Functions.parameterOf(lower);
    if (parameter != null && (grouping || cursor.peek().is("("))) {
      return aggregation(lower, parameter);
    }
    if (cursor.peek().is("(")) {
      return function(name.text());
    }
    return selector(name.start());
  }

  private Expr selector(int start) throws PromqlException {
    boolean named = cursor.previousEnd() > start;
    if (cursor.peek().is("{")) {
      Labels.matchers(cursor, named);
    }
    return new Expr(Expr.Type.VECTOR, true, start, cursor.previousEnd());
  }

  private Expr aggregation(String name, char parameter) throws PromqlException {
    boolean grouped = grouping();
    List<Expr> arguments = arguments();
    if (!grouped) {
      grouping();
    }
    int expected = parameter == '-' ? 1 : 2;
    if (arguments.size() != expected) {
      throw new PromqlException(
          name + " has " + arguments.size() + " arguments, expected " + expected);
    }
    if (expected == 2) {
      check(name, parameter, arguments.get(0));
    }
    Expr inner = arguments.get(expected - 1);
    check(name, 'v', inner);
    return name.equals("sum") && inner.selector()
        ? new Expr(Expr.Type.VECTOR, true, inner.start(), inner.end())
        : Expr.of(Expr.Type.VECTOR);
  }

  private boolean grouping() throws PromqlException {
    if (cursor.skipWord("by") || cursor.skipWord("without")) {
      Labels.names(cursor);
      return true;
    }
    return false;
  }

  private List<Expr> arguments() throws PromqlException {
    cursor.expect("(", "'('");
    List<Expr> arguments = new ArrayList<>();
    while (!cursor.skip(")")) {
      arguments.add(binary(0));
      if (!cursor.skip(",") && !cursor.peek().is(")")) {
        throw cursor.unexpected("',' or ')'");
      }
    }
    return arguments;
  }

  private Expr function(String name) throws PromqlException {
    Functions.Signature signature = Functions.named(name);
    if (signature == null) {
      throw new PromqlException(
          "'" + name + "' is called, expected a function that Prometheus 2.42 has");
    }
    List<Expr> arguments = arguments();
    String all = signature.arguments().replace("?", "").replace("*", "");
    int question = signature.arguments().indexOf('?');
    int least = question < 0 ? all.length() : question;
    boolean repeats = signature.arguments().endsWith("*");
    if (arguments.size() < least || (arguments.size() > all.length() && !repeats)) {
      throw new PromqlException(
          name + " has " + arguments.size() + " arguments, expected " + all.length());
    }
    for (int i = 0; i < arguments.size(); i++) {
      check(name, all.charAt(Math.min(i, all.length() - 1)), arguments.get(i));
    }
    return Expr.of(signature.result());
  }

  private static void check(String name, char letter, Expr argument) throws PromqlException {
    Expr.Type expected =
        switch (letter) {
          case 'v' -> Expr.Type.VECTOR;
          case 'm' -> Expr.Type.MATRIX;
          case 's' -> Expr.Type.SCALAR;
          default -> Expr.Type.STRING;
        };
    if (argument.type() != expected) {
      throw new PromqlException(
          name + " of " + argument.type().words() + ", expected " + expected.words());
    }
  }
}
