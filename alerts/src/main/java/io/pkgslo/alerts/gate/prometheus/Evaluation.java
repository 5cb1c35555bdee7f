// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.prometheus;

import io.pkgslo.alerts.gate.http.BadAsk;
import io.pkgslo.alerts.gate.prometheus.Lexer.Kind;
import io.pkgslo.alerts.gate.prometheus.Lexer.Token;
import io.pkgslo.alerts.gate.prometheus.Value.Scalar;
import io.pkgslo.alerts.gate.prometheus.Value.Vector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads an expression and computes it on the way: selectors, {@code vector(n)}, {@code sum min max
 * avg count} over all series, {@code or}, and arithmetic of numbers, which is what health checks
 * and gates ask for. Everything else is refused by name. For one expression; single-threaded.
 */
final class Evaluation {
  private static final Set<String> AGGREGATES = Set.of("sum", "min", "max", "avg", "count");
  private static final int MAX_DEPTH = 50;

  private final List<Token> tokens;
  private final Function<Selector, List<Sample>> series;
  private int at;
  private int depth;

  private Evaluation(String expression, Function<Selector, List<Sample>> series) {
    this.tokens = Lexer.tokens(expression);
    this.series = series;
  }

  /**
   * @param series what a selector selects
   * @throws BadAsk if the expression is not understood, or its value is not finite
   */
  static Value of(String expression, Function<Selector, List<Sample>> series) {
    Evaluation evaluation = new Evaluation(expression, series);
    Value value = evaluation.alternatives();
    evaluation.expect(Kind.END, "");
    return value;
  }

  /** Only a selector. */
  static Selector selector(String text) {
    Evaluation evaluation = new Evaluation(text, selector -> List.of());
    Selector selector =
        evaluation.isSign("{") ? evaluation.matchers("") : evaluation.matchers(evaluation.word());
    evaluation.expect(Kind.END, "");
    return selector;
  }

  private Value alternatives() {
    Value value = sum();
    while (peek().kind() == Kind.WORD && peek().text().equals("or")) {
      at++;
      value = or(vector(value, "or"), vector(sum(), "or"));
    }
    return value;
  }

  private static Vector or(Vector left, Vector right) {
    List<Sample> samples = new ArrayList<>(left.samples());
    Set<Map<String, String>> known = new HashSet<>();
    left.samples().forEach(sample -> known.add(sample.labels()));
    right.samples().stream().filter(s -> !known.contains(s.labels())).forEach(samples::add);
    return new Vector(samples, left.constant() && right.constant());
  }

  private Value sum() {
    Value value = product();
    while (isSign("+") || isSign("-")) {
      String sign = next().text();
      double left = number(value, sign);
      double right = number(product(), sign);
      value = finite(sign.equals("+") ? left + right : left - right);
    }
    return value;
  }

  private Value product() {
    Value value = single();
    while (isSign("*") || isSign("/")) {
      String sign = next().text();
      double left = number(value, sign);
      double right = number(single(), sign);
      value = finite(sign.equals("*") ? left * right : left / right);
    }
    return value;
  }

  private Value single() {
    if (++depth > MAX_DEPTH) {
      throw new BadAsk("the expression is nested too deeply");
    }
    try {
      return unguardedSingle();
    } finally {
      depth--;
    }
  }

  private Value unguardedSingle() {
    Token token = peek();
    if (token.kind() == Kind.NUMBER) {
      at++;
      return finite(Double.parseDouble(token.text()));
    }
    if (isSign("-")) {
      at++;
      return finite(-number(single(), "-"));
    }
    if (isSign("(")) {
      return inParentheses();
    }
    if (isSign("{")) {
      return selected(matchers(""));
    }
    String word = word();
    if (!isSign("(")) {
      return selected(matchers(word));
    }
    if (word.equals("vector")) {
      return new Vector(List.of(new Sample("", Map.of(), number(inParentheses(), "vector"))), true);
    }
    if (AGGREGATES.contains(word)) {
      return aggregate(word, vector(inParentheses(), word));
    }
    throw new BadAsk(word + "() is not served here: use a selector, vector(), " + AGGREGATES);
  }

  private Value inParentheses() {
    expect(Kind.SIGN, "(");
    Value value = alternatives();
    expect(Kind.SIGN, ")");
    return value;
  }

  private Vector selected(Selector selector) {
    return new Vector(series.apply(selector), false);
  }

  private Selector matchers(String name) {
    List<Matcher> matchers = new ArrayList<>();
    if (isSign("{")) {
      at++;
      while (!isSign("}")) {
        String label = word();
        String operator = next().text();
        matchers.add(Matcher.of(label, operator, expect(Kind.TEXT, "")));
        if (!isSign("}")) {
          expect(Kind.SIGN, ",");
        }
      }
      at++;
    }
    if (name.isEmpty() && matchers.isEmpty()) {
      throw new BadAsk("a selector needs a name or a matcher");
    }
    return new Selector(name, matchers);
  }

  private static Vector aggregate(String function, Vector vector) {
    if (vector.samples().isEmpty()) {
      return vector;
    }
    double[] values = vector.samples().stream().mapToDouble(Sample::value).toArray();
    double result = values[0];
    for (int i = 1; i < values.length; i++) {
      result =
          switch (function) {
            case "min" -> Math.min(result, values[i]);
            case "max" -> Math.max(result, values[i]);
            default -> result + values[i];
          };
    }
    double value =
        switch (function) {
          case "avg" -> result / values.length;
          case "count" -> values.length;
          default -> result;
        };
    return new Vector(List.of(new Sample("", Map.of(), finite(value).number())), false);
  }

  private static Scalar finite(double number) {
    if (!Double.isFinite(number)) {
      throw new BadAsk("the value is not finite");
    }
    return new Scalar(number);
  }

  private static double number(Value value, String operator) {
    if (value instanceof Scalar scalar) {
      return scalar.number();
    }
    throw new BadAsk(operator + " is served between numbers only");
  }

  private static Vector vector(Value value, String operator) {
    if (value instanceof Vector vector) {
      return vector;
    }
    throw new BadAsk(operator + " needs series, not a number");
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    Token token = tokens.get(at);
    if (token.kind() == Kind.END) {
      throw new BadAsk("the expression ends too early");
    }
    at++;
    return token;
  }

  private boolean isSign(String sign) {
    return peek().kind() == Kind.SIGN && peek().text().equals(sign);
  }

  private String word() {
    return expect(Kind.WORD, "");
  }

  /** The text of the next token, which must be of {@code kind}; any text where it is empty. */
  private String expect(Kind kind, String text) {
    Token token = peek();
    if (token.kind() != kind || !(text.isEmpty() || text.equals(token.text()))) {
      String found = token.kind() == Kind.END ? "the end" : "'" + token.text() + "'";
      throw new BadAsk(
          "expected "
              + (text.isEmpty() ? kind.name().toLowerCase(Locale.ROOT) : text)
              + ", found "
              + found);
    }
    if (kind != Kind.END) {
      at++;
    }
    return token.text();
  }
}
