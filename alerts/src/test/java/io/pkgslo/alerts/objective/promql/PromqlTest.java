// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.promql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromqlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "up == 0",
        "1 - (sum(rate(a_total{code=~\"5..\"}[5m])) / sum(rate(a_total[5m])))",
        "sum by (job, instance) (rate(x[1h30m])) > bool 0.5",
        "sum(rate(x[5m])) by (job)",
        "histogram_quantile(0.99, sum(rate(d_bucket[5m])) by (le))",
        "max_over_time(rate(x[5m])[1h:1m] offset 5m)",
        "x @ start()",
        "x{a='b',} offset -5m",
        "a and on(x) group_left(y) b",
        "a unless ignoring(window) b or c",
        "-x ^ 2 + 1",
        "{__name__=\"x\"}",
        "count_values(\"version\", build_info)",
        "topk(3, x)",
        "label_replace(x, \"a\", \"$1\", \"b\", \"(.*)\")",
        "time() - timestamp(x) > 60",
        "absent(x{a=\"}\"}) # a comment",
        "rate(x[{{.window}}])",
        "rate(x[{{ .window }}])",
        "vector(1)",
        "round(x, 0.1)",
        "job:requests:rate5m > 1e3",
        "0x1F < bool x"
      })
  void query_thatPrometheusTakes_isTaken(String query) {
    assertThat(Promql.fault(query)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~|the end at 0, expected a query",
        "sum(rate(x[5m])|the end at 15, expected ',' or ')'",
        "rate(x)|rate of a vector, expected a range of series",
        "rate(x[5x])|'5x])'",
        "sum(x[5m])|sum of a range of series, expected a vector",
        "rat(x[5m])|'rat' is called, expected a function",
        "x > 1 > |the end at 7",
        "1 > 2|two numbers beside '>', expected bool after it",
        "x{a=5}|'5' at 4, expected a value in quotes",
        "x{a=~\"(\"}|the expression '(', expected one of RE2",
        "{a=~\".*\"}|a selector that takes everything",
        "x{a=\"b}|a quote at 4 that does not end",
        "sum(x)[5m]|a range over a result, expected [5m:]",
        "1 and x|a number beside 'and', expected vectors",
        "\"a\" + 1|text beside '+'",
        "histogram_quantile(x)|histogram_quantile has 1 arguments, expected 2",
        "x y|'y' at 2, expected the end or an operator",
        "x $ y|'$ y' at 2, expected PromQL"
      })
  void query_thatPrometheusRefuses_isAFault(String query, String fault) {
    assertThat(Promql.fault(query)).contains(fault);
  }

  @Test
  void alert_isAVectorOrANumber() {
    assertThat(Promql.alertFault("x > 1")).isNull();
    assertThat(Promql.alertFault("x[5m]"))
        .isEqualTo("a range of series as a whole, expected a vector");
    assertThat(Promql.alertFault("'x'")).isEqualTo("text as a whole, expected a vector");
  }

  @Test
  void window_isPutIntoQueriesThatHaveNone() {
    assertThat(Promql.overWindow("x_total{a=\"b\"}", true))
        .isEqualTo("sum(increase(x_total{a=\"b\"}[{{.window}}]))");
    assertThat(Promql.overWindow("sum by (job) (x_total)", true))
        .isEqualTo("sum by (job) (increase(x_total[{{.window}}]))");
    assertThat(Promql.overWindow("sum(good)", false))
        .isEqualTo("sum(sum_over_time(good[{{.window}}]))");
    assertThat(Promql.overWindow("a - b", false))
        .isEqualTo("sum_over_time((a - b)[{{.window}}:1m])");
    assertThat(Promql.overWindow("a - b", true)).isNull();
    assertThat(Promql.overWindow("rate(x[{{ .window }}])", true)).isEqualTo("rate(x[{{.window}}])");
  }

  @Test
  @Timeout(20)
  void hostileQueries_endSoonAndInAFault() {
    assertThat(Promql.fault("(".repeat(15_000))).contains("levels");
    assertThat(Promql.fault("-".repeat(15_000))).contains("levels");
    assertThat(Promql.fault("x" + "[5m:]".repeat(3_000))).isNotNull();
    assertThat(Promql.fault("\"" + "\\\"".repeat(9_000))).contains("does not end");
    assertThat(Promql.fault("1m".repeat(9_000))).isNotNull();
    assertThat(Promql.fault("x+".repeat(9_000) + "x")).isNull();
    assertThat(Promql.fault("x".repeat(30_000))).contains("characters");
  }

  @Test
  @Timeout(20)
  void mutations_neverThrow() {
    String seed = "sum by (a) (rate(x_total{b=~\"c.*\"}[5m])) / on(d) group_left() y > bool 1e3";
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder query = new StringBuilder(seed);
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        int at = random.nextInt(query.length());
        switch (random.nextInt(3)) {
          case 0 -> query.deleteCharAt(at);
          case 1 -> query.insert(at, (char) (32 + random.nextInt(95)));
          default -> query.setCharAt(at, (char) random.nextInt(300));
        }
      }
      Promql.fault(query.toString());
      Promql.overWindow(query.toString(), random.nextBoolean());
    }
  }

  /** Rules put more around a query, which only a vector stands. */
  @Test
  void queryThatIsNoVector_isAFault() {
    assertThat(Promql.fault("scalar(x)")).isEqualTo("a number as a whole, expected a vector");
    assertThat(Promql.fault("0x1F < bool NaN")).contains("expected a vector");
    assertThat(Promql.fault("'x'")).isEqualTo("text as a whole, expected a vector");
    assertThat(Promql.fault("x[5m]")).isEqualTo("a range of series as a whole, expected a vector");
  }

  @Test
  void comments_endBeforeWhatFollows() {
    assertThat(Promql.withoutComments("sum(x{a=\"#\"}) # of all\n  / y # and\n# more"))
        .isEqualTo("sum(x{a=\"#\"}) \n  / y");
    assertThat(Promql.withoutComments("x")).isEqualTo("x");
    assertThat(Promql.withoutComments("'\\'#' #")).isEqualTo("'\\'#'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "sum(rate(x{a=\"}[{\"}[{{.window}}])) / y|x{a=\"}[{\"}",
        "sum by (a) (increase(a:b_total [{{.window}}]))|a:b_total",
        "sum_over_time((count(x < 1))[{{.window}}:])|",
        "sum_over_time(x[{{.window}}:1m])|",
        "avg(x)|"
      })
  void selectorOverWindow_isFound(String query, @Nullable String selector) {
    assertThat(Promql.selectorOverWindow(query)).isEqualTo(selector);
  }
}
