// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.model.DegradeCheck;
import io.pkgslo.model.wire.SloState;
import io.pkgslo.model.wire.SubjectState;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DegradedStoreTest {
  private static final long NOON = 1_795_176_000_000L;
  private static final String SUBJECT = "shop\0001\000cart";

  private final KeyValueStore<Bytes, byte[]> kept = TestTask.store("kept");

  @BeforeEach
  void open(@TempDir Path directory) {
    TestTask.context(directory, "t", kept, NOON);
  }

  private List<String> check(SloState... slos) {
    // Each time as after a restart.
    return new DegradedStore(kept)
            .check(
                SUBJECT,
                SubjectState.newBuilder()
                    .setService("shop")
                    .setVersion("1")
                    .setPackage("cart")
                    .addAllSlo(List.of(slos))
                    .build(),
                NOON)
            .stream()
            .map(DegradeCheck::toJson)
            .toList();
  }

  private static SloState slo(String id, double remaining, String... region) {
    SloState.Builder slo =
        SloState.newBuilder()
            .setSlo(id)
            .setTarget("0.999")
            .setPeriodSeconds(604_800)
            .setBudgetRemaining(remaining)
            .setDegraded(remaining < 0.1);
    for (String value : region) {
      slo.addLabelName("region").addLabelValue(value);
    }
    return slo.build();
  }

  @Test
  void crossing_isToldOnce_andBack() {
    assertThat(check(slo("availability", 0.1))).isEmpty();
    assertThat(check(slo("availability", 0.0625)))
        .containsExactly(
            "{\"type\":\"degrade-check\",\"format\":1,\"state\":\"degraded\","
                + "\"service\":\"shop\",\"version\":\"1\",\"package\":\"cart\","
                + "\"slo\":\"availability\",\"labels\":{},\"target\":\"0.999\","
                + "\"periodSeconds\":604800,\"budgetRemaining\":0.0625,"
                + "\"at\":\"2026-11-20T12:00:00Z\"}");
    assertThat(check(slo("availability", -3))).isEmpty();
    assertThat(check(slo("availability", 0.5)))
        .singleElement()
        .asString()
        .contains("\"state\":\"recovered\"", "\"budgetRemaining\":0.5,");
    assertThat(check(slo("availability", 0.5))).isEmpty();
  }

  /** Objectives with labels have a budget per combination; the quote must not break the JSON. */
  @Test
  void seriesOfOneObjective_areToldApart() {
    assertThat(check(slo("latency", 0, "e\"u\n"), slo("latency", 1, "us")))
        .singleElement()
        .asString()
        .contains("\"labels\":{\"region\":\"e\\\"u\\u000a\"}");
    assertThat(check(slo("latency", 0, "e\"u\n"), slo("latency", 0, "us")))
        .singleElement()
        .asString()
        .contains("\"labels\":{\"region\":\"us\"}");
  }

  @Test
  void objectiveOrSubjectThatIsGone_recoversNothing_andBeginsAnew() {
    assertThat(check(slo("availability", 0))).hasSize(1);
    assertThat(check()).isEmpty();
    assertThat(check(slo("availability", 0))).hasSize(1);
    new DegradedStore(kept).forget(SUBJECT);
    assertThat(check(slo("availability", 0))).hasSize(1);
  }
}
