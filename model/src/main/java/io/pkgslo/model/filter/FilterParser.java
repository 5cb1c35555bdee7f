// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model.filter;

import io.pkgslo.model.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads filters; the grammar stands in docs/objectives.md. Single-threaded, for one text. */
final class FilterParser {
  private static final int LONGEST = 4_000;
  private static final int MOST_CONDITIONS = 64;
  private static final int DEEPEST = 20;
  private static final Set<String> WORDS =
      Set.of("and", "or", "not", "in", "like", "nil", "true", "false", "attributes");
  private static final List<String> SEVERITIES =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");
  private static final int NUMBERS_PER_SEVERITY = 4;
  private static final String RESOURCE = "resource.attributes";
  private static final String EXPECTED_PATH =
      "a key such as http.route, attributes[\"key\"], resource.attributes[\"key\"] or a field";
  private static final String EXPECTED_COMPARISON =
      "one of ==, !=, <, <=, >, >=, in, not in, like, not like";

  private final List<Token> tokens;
  private int at;
  private int conditions;
  private int depth;

  FilterParser(String text) throws FilterException {
    if (text.length() > LONGEST) {
      throw new FilterException(
          0, "found " + text.length() + " characters, expected at most " + LONGEST);
    }
    tokens = Lexer.of(text);
  }

  Filter whole() throws FilterException {
    Filter filter = either();
    expectEnd("and, or, or the end");
    return filter;
  }

  Path onlyPath() throws FilterException {
    Path path = path();
    expectEnd("the end");
    return path;
  }

  private Filter either() throws FilterException {
    List<Filter> parts = new ArrayList<>(List.of(both()));
    while (word("or")) {
      parts.add(both());
    }
    return parts.size() == 1 ? parts.get(0) : new Filter.Any(parts);
  }

  private Filter both() throws FilterException {
    List<Filter> parts = new ArrayList<>(List.of(negated()));
    while (word("and")) {
      parts.add(negated());
    }
    return parts.size() == 1 ? parts.get(0) : new Filter.All(parts);
  }

  private Filter negated() throws FilterException {
    if (++depth > DEEPEST) {
      throw found("at most " + DEEPEST + " levels");
    }
    Filter filter;
    if (word("not")) {
      filter = new Filter.Not(negated());
    } else if (sign("(")) {
      filter = either();
      expectSign(")");
    } else {
      filter = condition();
    }
    depth--;
    return filter;
  }

  private Filter condition() throws FilterException {
    if (++conditions > MOST_CONDITIONS) {
      throw found("at most " + MOST_CONDITIONS + " conditions");
    }
    Path path = path();
    if (word("not")) {
      if (word("in")) {
        return new Filter.Not(in(path));
      }
      if (word("like")) {
        return new Filter.Not(like(path));
      }
      throw found("in or like");
    }
    if (word("in")) {
      return in(path);
    }
    if (word("like")) {
      return like(path);
    }
    if (sign("==")) {
      return equal(path);
    }
    if (sign("!=")) {
      return new Filter.Not(equal(path));
    }
    return ordered(path);
  }

  private Filter ordered(Path path) throws FilterException {
    Filter.Compare.Order order;
    if (sign("<")) {
      order = Filter.Compare.Order.LESS;
    } else if (sign("<=")) {
      order = Filter.Compare.Order.AT_MOST;
    } else if (sign(">")) {
      order = Filter.Compare.Order.GREATER;
    } else if (sign(">=")) {
      order = Filter.Compare.Order.AT_LEAST;
    } else if (peek().isSign("=~") || peek().isSign("!~")) {
      throw found("like \"a*\" or not like \"a*\", in which * is any run of characters");
    } else {
      throw found(EXPECTED_COMPARISON);
    }
    Token token = peek();
    Literal limit = literal(path);
    if (!limit.isNumber()) {
      throw new FilterException(token.position(), "found " + token.shown() + ", expected a number");
    }
    return new Filter.Compare(path, order, limit.number());
  }

  private Filter equal(Path path) throws FilterException {
    if (word("nil")) {
      return new Filter.Not(new Filter.Present(path));
    }
    return new Filter.In(path, List.of(literal(path)));
  }

  private Filter in(Path path) throws FilterException {
    expectSign("[");
    List<Literal> literals = new ArrayList<>(List.of(literal(path)));
    while (sign(",")) {
      literals.add(literal(path));
    }
    expectSign("]");
    return new Filter.In(path, literals);
  }

  private Filter like(Path path) throws FilterException {
    Token token = next();
    if (token.kind() != Token.Kind.TEXT || token.text().isEmpty()) {
      throw new FilterException(
          token.position(),
          "found " + token.shown() + ", expected text in quotes, such as \"/api/*\"");
    }
    return new Filter.Like(path, new Glob(token.text()));
  }

  private Literal literal(Path path) throws FilterException {
    Token token = next();
    return switch (token.kind()) {
      case TEXT -> Literal.text(token.text());
      case NUMBER -> Literal.number(token.text());
      case NAME -> named(path, token);
      case SIGN, END -> throw notLiteral(token);
    };
  }

  private static Literal named(Path path, Token token) throws FilterException {
    if (token.text().equals("true") || token.text().equals("false")) {
      return Literal.text(token.text());
    }
    boolean severity = path.scope() == Path.Scope.FIELD && path.field() == Path.Field.SEVERITY;
    int level = SEVERITIES.indexOf(token.text());
    if (severity && level >= 0) {
      return Literal.number(Integer.toString(level * NUMBERS_PER_SEVERITY + 1));
    }
    if (severity) {
      throw new FilterException(
          token.position(),
          "found "
              + token.shown()
              + ", expected 1 to 24 or one of "
              + String.join(", ", SEVERITIES));
    }
    throw notLiteral(token);
  }

  private static FilterException notLiteral(Token token) {
    return new FilterException(
        token.position(),
        "found " + token.shown() + ", expected text in quotes, a number, true, false or nil");
  }

  private Path path() throws FilterException {
    Token token = next();
    if (token.kind() != Token.Kind.NAME) {
      throw new FilterException(
          token.position(), "found " + token.shown() + ", expected " + EXPECTED_PATH);
    }
    if (token.text().equals("attributes")) {
      return new Path(Path.Scope.ITEM, bracketedKey());
    }
    if (token.text().equals(RESOURCE)) {
      return new Path(Path.Scope.RESOURCE, bracketedKey());
    }
    if (WORDS.contains(token.text()) || token.text().length() > Path.LONGEST_KEY) {
      throw new FilterException(
          token.position(), "found " + token.shown() + ", expected " + EXPECTED_PATH);
    }
    for (Path.Field field : Path.Field.values()) {
      if (field.name().toLowerCase(Locale.ROOT).equals(token.text())) {
        return new Path(Path.Scope.FIELD, field.name());
      }
    }
    return new Path(Path.Scope.ANYWHERE, token.text());
  }

  private String bracketedKey() throws FilterException {
    expectSign("[");
    Token key = next();
    boolean fits = !key.text().isEmpty() && key.text().length() <= Path.LONGEST_KEY;
    if (key.kind() != Token.Kind.TEXT || !fits) {
      throw new FilterException(
          key.position(),
          "found " + key.shown() + ", expected a key in quotes, of 1 to 200 characters");
    }
    expectSign("]");
    return key.text();
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }

  private boolean word(String word) {
    boolean there = peek().isWord(word);
    at += there ? 1 : 0;
    return there;
  }

  private boolean sign(String sign) {
    boolean there = peek().isSign(sign);
    at += there ? 1 : 0;
    return there;
  }

  private void expectSign(String sign) throws FilterException {
    if (!sign(sign)) {
      throw found(sign);
    }
  }

  private void expectEnd(String expected) throws FilterException {
    if (peek().isSign("&&") || peek().isSign("||")) {
      throw found(peek().isSign("&&") ? "and" : "or");
    }
    if (peek().kind() != Token.Kind.END) {
      throw found(expected);
    }
  }

  private FilterException found(String expected) {
    return new FilterException(
        peek().position(), "found " + peek().shown() + ", expected " + expected);
  }
}
