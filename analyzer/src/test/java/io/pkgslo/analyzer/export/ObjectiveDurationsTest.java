// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.sli.ObjectiveSet;
import io.pkgslo.analyzer.sli.ObjectiveVersion;
import io.pkgslo.analyzer.sli.Observations;
import io.pkgslo.analyzer.sli.TestObjectives;
import io.pkgslo.analyzer.sli.TestStage;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.platform.MetricsQuery;
import io.pkgslo.platform.MetricsText;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An objective's own histogram and its breaches, as they are shown. */
class ObjectiveDurationsTest {
  private static final long NOON = 1_795_176_000_000L;
  private static final long MILLI = 1_000_000;
  private static final String SUBJECT =
      ",service=\"shop/checkout\",version=\"1.4.0\",package=\"report\"";

  private static List<String> shown(ObjectiveSet objectives, ObservationBlock... blocks)
      throws IOException {
    TestStage stage = new TestStage(objectives);
    for (ObservationBlock block : blocks) {
      stage.accept(block);
    }
    CommittedSubjects committed = new CommittedSubjects();
    CommittedSubjects.Partition partition = new CommittedSubjects.Partition();
    committed.show(0, partition);
    partition.publish(stage.takeUnexported(), NOON);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    MetricsText metrics = new MetricsText(text, TextFormat.CONTENT_TYPE_OPENMETRICS_100);
    new SubjectCollector(committed, () -> objectives).write(MetricsQuery.EVERYTHING, metrics);
    metrics.flush();
    return text.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("slo_duration_seconds") || line.startsWith("slo_events"))
        .map(line -> line.replace(SUBJECT, ""))
        .toList();
  }

  private static Objective.Builder objective(Objective.Sli sli, long... buckets) {
    Objective.Builder wire = TestObjectives.wire("slow", sli, "0.9", 60_000 * MILLI, 0).toBuilder();
    for (long bucket : buckets) {
      wire.addBucketNanos(bucket * MILLI);
    }
    return wire;
  }

  private static ObjectiveSet only(Objective.Builder wire) {
    return ObjectiveSet.EMPTY.with(ObjectiveVersion.of(wire.build()));
  }

  /** Calls that each stand for two, counted exactly at 30 s, 1 min and 5 min; one has a trace. */
  private static ObservationBlock calls() {
    ObservationBlock.Builder block =
        Observations.block()
            .calls("report", NOON, 10, SpanTraits.STATUS_UNSET, true, 20_000 * MILLI)
            .through(NOON)
            .build()
            .toBuilder();
    block.addAllLatencyThresholdNanos(List.of(30_000 * MILLI, 60_000 * MILLI, 300_000 * MILLI));
    block
        .getCallBuilder(0)
        .setWeight(20 * FixedPoint.ONE)
        .addSlowWeight(12 * FixedPoint.ONE)
        .addSlowWeight(8 * FixedPoint.ONE)
        .addSlowWeight(2 * FixedPoint.ONE)
        .setExampleTraceId(Observations.trace("t"))
        .setExampleDurationNanos(400_000 * MILLI);
    return block.build();
  }

  /** Long work: bounds of minutes, and the trace that took the longest. */
  @Test
  void histogram_hasTheObjectivesBounds_weights_andExemplars() throws IOException {
    assertThat(shown(only(objective(Objective.Sli.LATENCY, 30_000, 60_000, 300_000)), calls()))
        .containsExactly(
            "slo_duration_seconds_bucket{slo=\"slow\",le=\"30.0\"} 8.0",
            "slo_duration_seconds_bucket{slo=\"slow\",le=\"60.0\"} 12.0",
            "slo_duration_seconds_bucket{slo=\"slow\",le=\"300.0\"} 18.0",
            "slo_duration_seconds_bucket{slo=\"slow\",le=\"+Inf\"} 20.0"
                + " # {trace_id=\"00000000000000740000000000000001\"} 400.0 1795176000.000",
            "slo_duration_seconds_count{slo=\"slow\"} 20.0",
            "slo_duration_seconds_sum{slo=\"slow\"} 400.0");
  }

  @Test
  void breaches_tellEventsApart_andAddUpToAll() throws IOException {
    Objective.Builder wire =
        objective(Objective.Sli.LATENCY)
            .addBreachNanos(30_000 * MILLI)
            .addBreachNanos(300_000 * MILLI);
    assertThat(shown(only(wire), calls()))
        .containsExactly(
            "slo_events_total{slo=\"slow\",slo_breach=\"none\"} 8.0",
            "slo_events_total{slo=\"slow\",slo_breach=\"30s\"} 10.0",
            "slo_events_total{slo=\"slow\",slo_breach=\"5m\"} 2.0"
                + " # {trace_id=\"00000000000000740000000000000001\"} 400.0 1795176000.000");
  }

  @Test
  void inits_areCountedByTheirOwnDuration_aBoundBelongsToItsBucket() throws IOException {
    assertThat(
            shown(
                only(objective(Objective.Sli.INIT_LATENCY, 100, 200)),
                Observations.block()
                    .init("report", NOON, 100 * MILLI)
                    .init("report", NOON, 100 * MILLI + 1)
                    .init("report", NOON, 900 * MILLI)
                    .through(NOON)
                    .build()))
        .containsExactly(
            "slo_duration_seconds_bucket{slo=\"slow\",le=\"0.1\"} 1.0",
            "slo_duration_seconds_bucket{slo=\"slow\",le=\"0.2\"} 2.0",
            "slo_duration_seconds_bucket{slo=\"slow\",le=\"+Inf\"} 3.0",
            "slo_duration_seconds_count{slo=\"slow\"} 3.0",
            "slo_duration_seconds_sum{slo=\"slow\"} 1.100000001");
  }

  /** Counts by old bounds say nothing about new ones: all of them begin at 0 again. */
  @Test
  void otherBounds_beginAnew_atTheTimeOfTheirVersion() throws IOException {
    ObjectiveSet changed =
        only(objective(Objective.Sli.INIT_LATENCY, 100))
            .with(
                ObjectiveVersion.of(
                    objective(Objective.Sli.INIT_LATENCY, 300)
                        .setEffectiveFromMillis(NOON)
                        .build()));
    assertThat(
            shown(
                changed,
                Observations.block()
                    .init("report", NOON - 1, 50 * MILLI)
                    .init("report", NOON, 400 * MILLI)
                    .through(NOON + 1_000)
                    .build()))
        .contains(
            "slo_duration_seconds_bucket{slo=\"slow\",le=\"0.3\"} 0.0",
            "slo_duration_seconds_bucket{slo=\"slow\",le=\"+Inf\"} 1.0");
  }

  /** Where blocks count calls: thresholds before bounds, and nothing that is counted anyway. */
  @Test
  void thresholds_comeFirst_andUsualBoundsAreNoThresholds() {
    Objective.Builder wire = objective(Objective.Sli.LATENCY, 1, 2, 1_024, 30_000);
    assertThat(only(wire).latencyThresholdNanos()).containsExactly(30_000 * MILLI, 60_000 * MILLI);

    ObjectiveSet many = only(wire);
    for (int i = 1; i <= 64; i++) {
      many =
          many.with(
              ObjectiveVersion.of(
                  TestObjectives.wire("o" + i, Objective.Sli.LATENCY, "0.9", 7 * i, 0)));
    }
    assertThat(many.latencyThresholdNanos()).hasSize(64).doesNotContain(30_000 * MILLI);
  }
}
