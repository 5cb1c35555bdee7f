// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.objective.DurationBounds;
import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.PackageSli;
import io.pkgslo.alerts.objective.RuntimeThreshold;
import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.Problem;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTreeTest {
  private static final String PKG =
      """
      service: shop/checkout
      traffic:
        slo: {p99: 200ms, error-rate: 0.1%}
      health:
        init-p95: 120ms
        panics-per-10k: 0.3
        goroutines: 5000
        heap: 800MB
        gc-pause: 10ms
      """;

  private static final String GO =
      """
      // Package pricing knows prices.
      package pricing

      // @metric:price_lookups_total(labels="region tenant") Prices that were asked for.
      // @metric:price_cache_bytes(unit=bytes) Size of the cache.
      var x = 1

      \t// @alert:PriceErrors rate(price_errors_total[5m]) > 0.1
      \t// @alert:PriceSlow(for=10m, severity=page, summary="Prices are slow") \\
      \t//   histogram_quantile(0.99, \\
      \t//     sum by (le) (rate(price_seconds_bucket[5m]))) > 0.5
      func f() {}
      """;

  @TempDir Path dir;

  @BeforeEach
  void module() throws IOException {
    write("go.mod", "module github.com/acme/shop // the shop\n\ngo 1.23\n");
  }

  @Test
  void shortForm_becomesObjectivesOfItsPackage() throws IOException {
    write("pkg/pricing/pkg.yaml", PKG);
    write("deploy/service.yaml", "kind: Service\nspec: {{ helm }}\n");

    Objectives read = ObjectiveFiles.read(dir);

    assertThat(read.isValid()).as(read.report()).isTrue();
    assertThat(read.slos())
        .extracting(Slo::id)
        .containsExactly(
            "pricing-p99",
            "pricing-error-rate",
            "pricing-init-p95",
            "pricing-panics-per-10k",
            "pricing-goroutines",
            "pricing-heap",
            "pricing-gc-pause");
    Slo latency = read.slos().get(0);
    assertThat(latency.target()).isEqualByComparingTo("0.99");
    assertThat(latency.source())
        .isEqualTo(
            PackageSli.of(
                Slo.Sli.LATENCY,
                "shop/checkout",
                "github.com/acme/shop/pkg/pricing",
                Duration.ofMillis(200)));
    assertThat(read.slos().get(1).target()).isEqualByComparingTo("0.999");
    assertThat(read.slos().get(3).target()).isEqualByComparingTo("0.99997");
    assertThat(((PackageSli) read.slos().get(5).source()).runtime())
        .isEqualTo(new RuntimeThreshold("go.memory.used", new BigDecimal("800000000"), 3));
    assertThat(((PackageSli) read.slos().get(6).source()).runtime())
        .isEqualTo(new RuntimeThreshold("go.memory.gc.pause.total", new BigDecimal("0.01"), 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p99: 200ms|p100: 200ms|3:9|unknown limit 'p100', expected a percentile",
        "p99: 200ms|p99: fast|3:14|p99 is 'fast', expected such as 500us",
        "0.1%|5|3:33|error-rate is '5', expected a share",
        "800MB|800|8:9|heap is '800', expected a size such as 800MB",
        "panics-per-10k|panic|6:10|unknown limit 'panic', expected init-p95",
        "traffic:|trafic:|2:1|unknown key 'trafic' in the document",
        "shop/checkout|shop/[a]|1:10|service is 'shop/[a]', expected a name"
      })
  void errorOfTheShortForm_isReportedAtItsPlace(
      String part, String instead, String place, String message) throws IOException {
    Path file = write("pkg.yaml", PKG.replace(part, instead));

    Objectives read = ObjectiveFiles.read(file);

    assertThat(read.slos()).isEmpty();
    assertThat(read.problems().stream().map(Problem::toString))
        .anySatisfy(p -> assertThat(p).contains("pkg.yaml:").contains(message));
    assertThat(read.problems()).anyMatch(p -> (p.line() + ":").equals(place.split(":")[0] + ":"));
  }

  @Test
  void stringsAndBlockComments_areNoAnnotations() throws IOException {
    write(
        "pkg/pricing/pricing.go",
        """
        package pricing

        /* // @alert:Early up ==
        // @alert:InBlock up ==
        */ // @alert:BehindCode up ==
        var quote, text = '`', "// \\" /*"
        // @alert:Real up == 0
        var help = `
        // @alert:InRawString up ==
        ` + "`"
        // @alert:Second up == 0
        """);

    Objectives read = ObjectiveFiles.read(dir);

    assertThat(read.problems()).isEmpty();
    assertThat(read.alerts()).extracting(CodeAlert::name).containsExactly("Real", "Second");
  }

  /** The first percentile has them, since further ones would show the same calls again. */
  @Test
  void buckets_belongToTheFirstPercentile() throws IOException {
    Path file =
        write(
            "pkg.yaml",
            """
            package: github.com/acme/report
            traffic:
              slo: {error-rate: 1%, p95: 1m, p99: 5m}
              buckets: minutes
              breaches: [1m, 30m]
            health:
              init-buckets: [50ms, 1s]
              init-p95: 120ms
            """);

    Objectives read = ObjectiveFiles.read(file);

    assertThat(read.isValid()).as(read.report()).isTrue();
    Map<String, DurationBounds> bounds = new LinkedHashMap<>();
    read.slos().forEach(slo -> bounds.put(slo.id(), ((PackageSli) slo.source()).durations()));
    assertThat(bounds.get("report-error-rate")).isEqualTo(DurationBounds.NONE);
    assertThat(bounds.get("report-p95").buckets()).hasSize(12).endsWith(Duration.ofHours(2));
    assertThat(bounds.get("report-p95").breaches())
        .containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(30));
    assertThat(bounds.get("report-p99")).isEqualTo(DurationBounds.NONE);
    assertThat(bounds.get("report-init-p95").buckets())
        .containsExactly(Duration.ofMillis(50), Duration.ofSeconds(1));
  }

  @Test
  void bucketsThatNobodyTakes_areAnError() throws IOException {
    Path file =
        write(
            "pkg.yaml",
            """
            traffic:
              slo: {error-rate: 1%}
              breaches: [2s, 1s]
            health: {goroutines: 10, init-buckets: default}
            """);

    assertThat(ObjectiveFiles.read(file).report())
        .contains(
            "3:13: breaches has '1s', expected 1 to 40 ascending times",
            "3:13: traffic.breaches without a percentile, expected one such as p99",
            "4:40: health.init-buckets without a percentile, expected one such as p99");
  }

  @Test
  void twoPackagesOfOneName_needNamesOfTheirOwn() throws IOException {
    write("a/pricing/pkg.yaml", PKG);
    write("b/pricing/pkg.yaml", PKG);

    assertThat(ObjectiveFiles.read(dir).report())
        .contains("another objective is called 'pricing-p99'");
  }

  @Test
  void annotations_becomeAlertsAndMetrics() throws IOException {
    write("pkg/pricing/pricing.go", GO);
    write("pkg/pricing/pricing_test.go", "// @alert:NotRead x >\n");
    write("vendor/x/x.go", "// @alert:NotRead x >\n");

    Objectives read = ObjectiveFiles.read(dir);

    assertThat(read.problems()).isEmpty();
    assertThat(read.alerts())
        .containsExactly(
            new CodeAlert(
                "PriceErrors",
                "rate(price_errors_total[5m]) > 0.1",
                Duration.ofMinutes(5),
                new Severity("warning"),
                "github.com/acme/shop/pkg/pricing",
                "pkg/pricing/pricing.go",
                8,
                null,
                null),
            new CodeAlert(
                "PriceSlow",
                "histogram_quantile(0.99,  sum by (le) (rate(price_seconds_bucket[5m]))) > 0.5",
                Duration.ofMinutes(10),
                Severity.PAGE,
                "github.com/acme/shop/pkg/pricing",
                "pkg/pricing/pricing.go",
                9,
                "Prices are slow",
                null));
    assertThat(read.metrics())
        .extracting(CodeMetric::name, CodeMetric::type, CodeMetric::labels)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "price_lookups_total", "counter", List.of("region", "tenant")),
            org.assertj.core.groups.Tuple.tuple("price_cache_bytes", "gauge", List.of()));
  }

  @Test
  void page_listsWhatAPackageMeasures() throws IOException {
    write("pkg/pricing/pricing.go", GO);
    Objectives read = ObjectiveFiles.read(dir);

    assertThat(MetricsPage.of(read.metrics(), read.alerts()))
        .contains("## github.com/acme/shop/pkg/pricing\n")
        .contains(
            "| `price_lookups_total` | counter | | `region`, `tenant` | Prices that were asked for."
                + " | pkg/pricing/pricing.go:4 |\n")
        .contains("| `PriceErrors` | warning | 5m | `rate(price_errors_total[5m]) > 0.1` |");
  }

  @Test
  void rules_areOneGroupForEachPackage() throws IOException {
    write("pkg/pricing/pricing.go", GO);

    assertThat(CodeRules.of(ObjectiveFiles.read(dir).alerts()))
        .contains("- name: github.com/acme/shop/pkg/pricing\n")
        .contains("alert: PriceSlow\n")
        .contains("for: 10m\n")
        .contains("severity: page\n")
        .contains("source: pkg/pricing/pricing.go:8\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "// @alert:A sum(|1:4: the expression of A has the end at 4",
        "// @alert:A x[5m]|1:4: the expression of A has a range of series as a whole",
        "// @alert:A|1:4: the expression of A has no expression, expected PromQL",
        "// @alert A x|1:4: @alert without a colon, expected @alert:Name",
        "// @alert:|1:4: @alert: without a name",
        "// @alert:A(for=fast) x|1:4: for='fast', expected a whole number",
        "// @alert:A(four=1m) x|1:4: unknown option 'four', expected one of for",
        "// @alert:A(for=1m x|1:4: options that cannot be read",
        "// @metric:m|1:4: the metric m has no text, expected what it counts",
        "// @metric:m(type=meter) x|1:4: type='meter', expected one of counter",
        "// @metric:m_total(type=gauge) x|1:4: warning: m_total is a gauge, expected _total"
      })
  void errorOfAnAnnotation_isReportedAtItsPlace(String line, String problem) throws IOException {
    Path file = write("a.go", line + "\npackage a\n");

    assertThat(ObjectiveFiles.read(file).report()).contains("a.go:" + problem);
  }

  /** The short form and the comments of docs/objectives.md are what they say. */
  @Test
  void examplesOfTheManual_areValid() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "objectives.md"));
    int yaml = page.indexOf("```yaml\nservice:") + "```yaml\n".length();
    int go = page.indexOf("```go\n") + "```go\n".length();
    write("pricing/pkg.yaml", page.substring(yaml, page.indexOf("```", yaml)));
    write("pricing/pricing.go", page.substring(go, page.indexOf("```", go)));

    Objectives read = ObjectiveFiles.read(dir);

    assertThat(read.isValid()).as(read.report()).isTrue();
    assertThat(read.slos()).hasSize(7);
    assertThat(read.alerts()).hasSize(2);
    assertThat(read.metrics()).hasSize(1);
  }

  @Test
  void sameAlertTwice_pointsAtTheFirst() throws IOException {
    write("a.go", "// @alert:A x > 1\npackage a\n");
    write("b.go", "// @alert:A x > 2\npackage a\n");

    assertThat(ObjectiveFiles.read(dir).report())
        .contains("b.go:1:4: another alert A stands at " + dir.resolve("a.go") + ":1");
  }

  @Test
  @Timeout(60)
  void mutations_neverThrow() throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < 800; i++) {
      boolean go = random.nextBoolean();
      StringBuilder text = new StringBuilder(go ? GO : PKG);
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(9)));
          case 1 -> text.insert(at, "{}[]:,&*!|>'\"%@()=\\\n 9".charAt(random.nextInt(22)));
          default -> text.setCharAt(at, (char) random.nextInt(400));
        }
      }
      ObjectiveFiles.read(write(go ? "m.go" : "pkg.yaml", text.toString()));
    }
  }

  private Path write(String name, String text) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
