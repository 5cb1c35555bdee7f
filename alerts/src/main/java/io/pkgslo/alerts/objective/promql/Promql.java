// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.promql;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks queries, and puts the window into them where it is not named. */
public final class Promql {
  /** Stands for a window in a query, as Sloth writes it. */
  public static final String WINDOW = "{{.window}}";

  private static final int LONGEST = 20_000;
  private static final Pattern WRITTEN_WINDOW = Pattern.compile("\\{\\{\\s*\\.window\\s*\\}\\}");
  private static final String EXAMPLE = "5m";

  private Promql() {}

  /** What is wrong with a query; null when it gives a vector, with which rules can calculate. */
  public static @Nullable String fault(String query) {
    Object parsed = parse(query);
    if (parsed instanceof Failed failed) {
      return failed.message();
    }
    Expr.Type type = ((Expr) parsed).type();
    return type == Expr.Type.VECTOR ? null : type.words() + " as a whole, expected a vector";
  }

  /** The same query where more may stand behind it on its line. */
  public static String withoutComments(String query) {
    StringBuilder plain = new StringBuilder();
    int from = 0;
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c == '"' || c == '\'' || c == '`') {
        i = closing(query, i);
      } else if (c == '#') {
        plain.append(query, from, i);
        int end = query.indexOf('\n', i);
        from = end < 0 ? query.length() : end;
        i = from;
      }
    }
    return plain.append(query.substring(Math.min(from, query.length()))).toString().strip();
  }

  /** What is wrong with the expression of an alert: it must give a vector or a number. */
  public static @Nullable String alertFault(String query) {
    Object parsed = parse(query);
    if (parsed instanceof Failed failed) {
      return failed.message();
    }
    Expr.Type type = ((Expr) parsed).type();
    return type == Expr.Type.VECTOR || type == Expr.Type.SCALAR
        ? null
        : type.words() + " as a whole, expected a vector";
  }

  private record Failed(String message) {}

  private static Object parse(String query) {
    if (query.length() > LONGEST) {
      return new Failed(query.length() + " characters, expected up to " + LONGEST);
    }
    try {
      return new Parser(WRITTEN_WINDOW.matcher(query).replaceAll(EXAMPLE)).parse();
    } catch (PromqlException e) {
      return new Failed(e.getMessage() == null ? "not PromQL" : e.getMessage());
    }
  }

  /** True when the query asks for one window at a time. */
  public static boolean hasWindow(String query) {
    return WRITTEN_WINDOW.matcher(query).find();
  }

  /** True for a selector of series, without a range or anything around it. */
  public static boolean isSelector(String query) {
    return parse(query) instanceof Expr expr
        && expr.selector()
        && expr.start() == 0
        && expr.end() == query.length();
  }

  /**
   * A query of events over {@link #WINDOW}: as it is when it names the window, else the increase of
   * counters, or the sum of values, that it selects.
   *
   * @return null when a counter is hidden below more than a sum, where no rate can be taken
   */
  public static @Nullable String overWindow(String query, boolean counter) {
    if (hasWindow(query)) {
      return WRITTEN_WINDOW.matcher(query).replaceAll("{{.window}}");
    }
    String function = counter ? "increase" : "sum_over_time";
    if (parse(query) instanceof Expr expr && expr.selector()) {
      String inner = query.substring(expr.start(), expr.end());
      String ranged = function + "(" + inner + "[" + WINDOW + "])";
      return expr.start() == 0 && expr.end() == query.length()
          ? "sum(" + ranged + ")"
          : query.substring(0, expr.start()) + ranged + query.substring(expr.end());
    }
    return counter ? null : function + "((" + query + ")[" + WINDOW + ":1m])";
  }

  /**
   * The first selector whose range is {@link #WINDOW}; null when the window stands behind something
   * else, such as a subquery.
   */
  public static @Nullable String selectorOverWindow(String query) {
    String range = "[" + WINDOW + "]";
    int brace = 0;
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c == '"' || c == '\'' || c == '`') {
        i = closing(query, i);
      } else if (query.startsWith(range, i)) {
        String before = query.substring(0, i).stripTrailing();
        int end = before.endsWith("}") ? brace : before.length();
        int start = end;
        while (start > 0 && isNamePart(query.charAt(start - 1))) {
          start--;
        }
        String selector = before.substring(start);
        return isSelector(selector) ? selector : null;
      } else if (c == '{') {
        brace = i;
      }
    }
    return null;
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == ':';
  }

  /** Where the text ends that begins at {@code start}. */
  private static int closing(String query, int start) {
    char quote = query.charAt(start);
    int i = start + 1;
    while (i < query.length() && query.charAt(i) != quote) {
      i += quote != '`' && query.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  /** A ratio averaged over {@link #WINDOW}. */
  public static String averagedOverWindow(String query) {
    return hasWindow(query)
        ? WRITTEN_WINDOW.matcher(query).replaceAll("{{.window}}")
        : "avg_over_time((" + query + ")[" + WINDOW + ":1m])";
  }
}
