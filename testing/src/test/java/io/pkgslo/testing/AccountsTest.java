// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The check that checks all others must notice what is wrong. */
class AccountsTest {
  @AfterEach
  void forget() {
    Accounts.forget();
  }

  private static Sample records(String what, String topic, double value) {
    return new Sample("pkgslo_records_" + what + "_total", Map.of("topic", topic), value);
  }

  @Test
  void everythingSettled_isBalanced() {
    List<Sample> samples =
        List.of(
            records("received", "a", 5),
            records("processed", "a", 2),
            new Sample(
                "pkgslo_records_dead_lettered_total", Map.of("topic", "a", "reason", "x"), 1),
            new Sample(
                "pkgslo_records_dead_lettered_total", Map.of("topic", "a", "reason", "y"), 1),
            records("retried", "a", 1),
            new Sample("pkgslo_records_in_flight", Map.of(), 0));
    assertThatCode(() -> Accounts.assertBalanced("it", samples)).doesNotThrowAnyException();
    assertThatCode(() -> Accounts.end("test", false)).doesNotThrowAnyException();
  }

  /** Too many of one topic do not make up for too few of another. */
  @Test
  void topics_areAccountsOfTheirOwn() {
    List<Sample> samples =
        List.of(
            records("received", "a", 2),
            records("processed", "a", 1),
            records("received", "b", 2),
            records("processed", "b", 3));
    assertThatThrownBy(() -> Accounts.assertBalanced("it", samples))
        .hasMessageContaining("{topic=a}: received 2.0, settled 1.0")
        .hasMessageContaining("{topic=b}: received 2.0, settled 3.0");
  }

  @Test
  void whatIsInFlightForEver_isAFault() {
    List<Sample> samples =
        List.of(
            records("received", "a", 2),
            records("processed", "a", 2),
            new Sample("pkgslo_records_in_flight", Map.of("stage", "s"), 1));
    assertThatThrownBy(() -> Accounts.assertBalanced("it", samples))
        .hasMessageContaining("1.0 in flight");
  }

  /** What nobody received cannot have been dropped. */
  @Test
  void outcomeOfNothing_isAFault() {
    List<Sample> samples =
        List.of(
            new Sample("pkgslo_items_received_total", Map.of(), 0),
            new Sample("pkgslo_items_dropped_total", Map.of("reason", "late"), 1));
    assertThatThrownBy(() -> Accounts.assertBalanced("it", samples))
        .hasMessageContaining("received 0.0, settled 1.0");
  }

  @Test
  void registry_isAskedAtTheEnd() {
    CollectorRegistry registry = new CollectorRegistry();
    Counter received = Counter.build("x_received", "x").register(registry);
    Counter processed = Counter.build("x_processed", "x").register(registry);
    Gauge.build("x_in_flight", "x").register(registry);
    Accounts.watch("it", registry);
    received.inc();
    processed.inc();
    assertThatCode(() -> Accounts.end("test", false)).doesNotThrowAnyException();
  }

  @Test
  void testWithoutAnAccount_isAFault_unlessItIsMarked() {
    assertThatThrownBy(() -> Accounts.end("test", false)).hasMessageContaining("@NothingReceived");
    assertThatCode(() -> Accounts.end("test", true)).doesNotThrowAnyException();
  }

  @Test
  void mark_onATestThatReceives_isAFault() {
    Accounts.assertBalanced("it", 3, 3);
    assertThatThrownBy(() -> Accounts.end("test", true)).hasMessageContaining("receives nothing");
  }
}
