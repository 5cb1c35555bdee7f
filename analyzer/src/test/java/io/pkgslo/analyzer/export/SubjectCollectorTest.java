// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.sli.Observations;
import io.pkgslo.analyzer.sli.TestObjectives;
import io.pkgslo.analyzer.sli.TestStage;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.platform.MetricsQuery;
import io.pkgslo.platform.MetricsText;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubjectCollectorTest {
  private static final long NOON = 1_795_176_000_000L;
  private static final String LABELS =
      "service=\"shop/checkout\",version=\"1.4.0\",package=\"cart\",";

  private final CommittedSubjects committed = new CommittedSubjects();
  private final CommittedSubjects.Partition partition = new CommittedSubjects.Partition();
  private final TestStage stage = new TestStage(TestObjectives.defaults());

  private String scrape(String... names) throws IOException {
    CollectorRegistry registry = new CollectorRegistry(true);
    registry.register(new SubjectCollector(committed, TestObjectives::defaults));
    StringWriter text = new StringWriter();
    TextFormat.write004(text, registry.filteredMetricFamilySamples(Set.of(names)));
    return text.toString();
  }

  @Test
  void series_haveTheNamesLabelsAndValuesOfTheDesign() throws IOException {
    committed.show(0, partition);
    stage.accept(
        Observations.block()
            .calls("cart", NOON, 20_000, 5)
            .panic("cart", NOON, true)
            .init("cart", NOON, 100_000_000)
            .through(NOON)
            .build());
    partition.publish(stage.takeUnexported(), NOON);
    assertThat(scrape())
        .contains(
            "go_package_calls_total{" + LABELS + "kind=\"server\",status=\"unset\",} 19995.0",
            "go_package_calls_total{" + LABELS + "kind=\"server\",status=\"error\",} 5.0",
            "go_package_errors_total{" + LABELS + "} 5.0",
            "go_package_panics_total{" + LABELS + "} 1.0",
            "go_package_inits_total{" + LABELS + "} 1.0",
            "go_package_init_failures_total{" + LABELS + "} 0.0",
            "go_package_api_calls_total{" + LABELS + "} 20000.0",
            "go_package_api_errors_total{" + LABELS + "} 5.0",
            "go_package_weight_unknown{" + LABELS + "} 0.0",
            "go_package_panic_rate_per_10k_calls{" + LABELS + "} 0.5",
            "go_package_call_duration_seconds_bucket{" + LABELS + "le=\"0.001\",} 0.0",
            "go_package_call_duration_seconds_bucket{" + LABELS + "le=\"0.002\",} 20000.0",
            "go_package_call_duration_seconds_bucket{" + LABELS + "le=\"+Inf\",} 20000.0",
            "go_package_call_duration_seconds_sum{" + LABELS + "} 30.0",
            "go_package_init_duration_seconds_bucket{" + LABELS + "le=\"0.12\",} 1.0",
            "slo_valid_events_total{slo=\"panic-rate\"," + LABELS + "} 20000.0",
            "slo_bad_events_total{slo=\"panic-rate\"," + LABELS + "} 1.0",
            "slo_burn_rate{slo=\"availability\"," + LABELS + "window=\"5m\",} 0.25",
            "slo_burn_rate{slo=\"availability\"," + LABELS + "window=\"7d\",} 0.25",
            "slo_error_budget_consumed_ratio{slo=\"availability\"," + LABELS + "} 0.25",
            "slo_error_budget_remaining_ratio{slo=\"availability\"," + LABELS + "} 0.75",
            "slo_no_data{slo=\"availability\"," + LABELS + "} 0.0",
            "slo_degraded{slo=\"panic-rate\"," + LABELS + "} 1.0",
            "slo_objective_ratio{slo=\"panic-rate\",} 0.99997",
            "slo_info{slo=\"init-latency\",sli=\"init_latency\",objective=\"0.95\",period=\"7d\",}");
  }

  @Test
  void partitionThatIsNotShown_hasNoSeries() throws IOException {
    stage.accept(Observations.block().calls("cart", NOON, 1, 0).build());
    partition.publish(stage.takeUnexported(), NOON);
    assertThat(scrape()).doesNotContain("cart");
    committed.show(0, partition);
    assertThat(scrape()).contains("cart");
    committed.hide(0, partition);
    assertThat(scrape()).doesNotContain("cart");
  }

  /** What 100,000 subjects cost a scrape: most of them are silent packages that serve nothing. */
  @Test
  void silentSubject_hasSixLines_andTenWhereItServes() throws IOException {
    committed.show(0, partition);
    stage.accept(
        Observations.block()
            .calls("cart", NOON, 10, SpanTraits.STATUS_UNSET, false, 1_500_000)
            .of("shop/checkout", "1.4.0", "p")
            .calls("api", NOON, 10, 0)
            .through(NOON)
            .build());
    stage.accept(Observations.block().through(NOON + 3_660_000).build());
    partition.publish(stage.takeUnexported(), NOON + 3_660_000);
    assertThat(scrape().lines().filter(line -> line.contains("package=\"cart\"")))
        .containsExactly(
            "go_package_calls_total{" + LABELS + "kind=\"internal\",status=\"unset\",} 10.0",
            "go_package_errors_total{" + LABELS + "} 0.0",
            "go_package_panics_total{" + LABELS + "} 0.0",
            "go_package_init_failures_total{" + LABELS + "} 0.0",
            "slo_valid_events_total{slo=\"panic-rate\"," + LABELS + "} 10.0",
            "slo_bad_events_total{slo=\"panic-rate\"," + LABELS + "} 0.0");
    assertThat(scrape().lines().filter(line -> line.contains("package=\"api\""))).hasSize(10);
  }

  /** What is no zero stays, however long the package is silent. */
  @Test
  void silentSubject_keepsWhatHappened() throws IOException {
    committed.show(0, partition);
    stage.accept(
        Observations.block()
            .panic("cart", NOON, true)
            .init("cart", NOON, 100_000_000)
            .through(NOON)
            .build());
    stage.accept(Observations.block().through(NOON + 3_660_000).build());
    partition.publish(stage.takeUnexported(), NOON + 3_660_000);
    assertThat(scrape())
        .contains(
            "go_package_panic_episodes_total{" + LABELS + "} 1.0",
            "go_package_inits_total{" + LABELS + "} 1.0")
        .doesNotContain("go_package_own_errors_total{");
  }

  @Test
  void subjectWithoutEventsInThePeriod_saysSo_thoughItIsSilent() throws IOException {
    committed.show(0, partition);
    stage.accept(
        Observations.block()
            .calls("cart", NOON, 10, SpanTraits.STATUS_UNSET, false, 1_500_000)
            .through(NOON)
            .build());
    long later = NOON + 8 * 86_400_000L;
    stage.accept(Observations.block().through(later).build());
    partition.publish(stage.takeUnexported(), later);
    assertThat(scrape()).contains("slo_no_data{slo=\"panic-rate\"," + LABELS + "} 1.0");
  }

  @Test
  void silentSubject_losesItsHistogramsAndWindows_butNotItsCounters() throws IOException {
    committed.show(0, partition);
    stage.accept(Observations.block().calls("cart", NOON, 10, 0).through(NOON).build());
    stage.accept(Observations.block().through(NOON + 3_660_000).build());
    partition.publish(stage.takeUnexported(), NOON + 3_660_000);
    assertThat(scrape())
        .contains("go_package_calls_total{", "slo_valid_events_total{")
        .doesNotContain(
            "slo_burn_rate{",
            "slo_no_data{",
            "go_package_weight_unknown{",
            "slo_error_budget_remaining_ratio{",
            "go_package_call_duration_seconds_bucket{");
  }

  private String stream(MetricsQuery query, String format) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    MetricsText metrics = new MetricsText(text, format);
    new SubjectCollector(committed, TestObjectives::defaults).write(query, metrics);
    metrics.flush();
    return text.toString(StandardCharsets.UTF_8);
  }

  /** What is streamed is what the library's own writer makes of the same samples. */
  @Test
  void streamedText_isThatOfTheRegistry() throws IOException {
    committed.show(0, partition);
    stage.accept(
        Observations.block()
            .of("a\"b\\c", "1\n2", "p")
            .calls("cart", NOON, 20_000, 5)
            .logs("cart", NOON, 17, 4, 2)
            .panic("cart", NOON, true)
            .init("cart", NOON, 100_000_000)
            .through(NOON)
            .build());
    partition.publish(stage.takeUnexported(), NOON);
    List<String> streamed =
        stream(MetricsQuery.EVERYTHING, TextFormat.CONTENT_TYPE_004).lines().toList();
    List<String> collected =
        scrape().lines().filter(line -> !line.startsWith("#") || streamed.contains(line)).toList();
    assertThat(streamed).containsExactlyElementsOf(collected);
  }

  @Test
  void openMetrics_hasExemplarsAndNoTotalInTheHead() throws IOException {
    committed.show(0, partition);
    ObservationBlock block = Observations.block().calls("cart", NOON, 3, 0).build();
    ObservationBlock withTrace =
        block.toBuilder()
            .setCall(
                0,
                block.getCall(0).toBuilder()
                    .setExampleTraceId(Observations.trace("t"))
                    .setExampleDurationNanos(1_500_000))
            .build();
    stage.accept(withTrace);
    partition.publish(stage.takeUnexported(), NOON);
    String text = stream(MetricsQuery.EVERYTHING, TextFormat.CONTENT_TYPE_OPENMETRICS_100);
    assertThat(text)
        .contains(
            "# TYPE go_package_calls counter\n",
            "go_package_call_duration_seconds_bucket{service=\"shop/checkout\",version=\"1.4.0\","
                + "package=\"cart\",le=\"0.002\"} 3.0 # {trace_id=\"00000000000000740000000000000001\"}"
                + " 0.0015 1795176000.000\n");
    assertThat(stream(MetricsQuery.EVERYTHING, TextFormat.CONTENT_TYPE_004))
        .contains("# TYPE go_package_calls_total counter\n")
        .doesNotContain("trace_id");
  }

  @Test
  void services_andNames_filterTheStream() throws IOException {
    committed.show(0, partition);
    stage.accept(
        Observations.block()
            .calls("cart", NOON, 10, 0)
            .of("other", "v1", "p")
            .calls("cart", NOON, 10, 0)
            .build());
    partition.publish(stage.takeUnexported(), NOON);
    assertThat(
            stream(
                new MetricsQuery(Set.of("go_package_panics_total"), Set.of("other")),
                TextFormat.CONTENT_TYPE_004))
        .isEqualTo(
            "# HELP go_package_panics_total Panics that a package is to blame for, each once.\n"
                + "# TYPE go_package_panics_total counter\n"
                + "go_package_panics_total{service=\"other\",version=\"v1\",package=\"cart\",} 0.0\n");
    assertThat(stream(new MetricsQuery(Set.of(), Set.of("nobody")), TextFormat.CONTENT_TYPE_004))
        .isEmpty();
  }

  @Test
  void names_filterTheSeries() throws IOException {
    committed.show(0, partition);
    stage.accept(Observations.block().calls("cart", NOON, 10, 0).build());
    partition.publish(stage.takeUnexported(), NOON);
    assertThat(scrape("go_package_panics_total").lines().filter(l -> !l.startsWith("#")))
        .containsExactly("go_package_panics_total{" + LABELS + "} 0.0");
  }
}
