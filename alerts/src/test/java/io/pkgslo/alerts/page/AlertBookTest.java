// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.rule.DirectAlerts.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertBookTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final AlertBook book = new AlertBook(Duration.ofMinutes(15), Duration.ofMinutes(4));

  private static Candidate candidate(int holdSeconds, int keepSeconds) {
    return new Candidate(
        Map.of("alertname", "A"),
        Map.of("summary", "s"),
        Duration.ofSeconds(holdSeconds),
        Duration.ofSeconds(keepSeconds));
  }

  private List<PagedAlert> at(int second, Candidate... holding) {
    return book.turn(List.of(holding), START.plusSeconds(second));
  }

  @Test
  void alert_firesWhenItHasHeldForLongEnough() {
    assertThat(at(0, candidate(60, 0))).isEmpty();
    assertThat(at(59, candidate(60, 0))).isEmpty();
    assertThat(at(60, candidate(60, 0)))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.startsAt()).isEqualTo(START.plusSeconds(60));
              assertThat(alert.endsAt()).isEqualTo(START.plusSeconds(60 + 240));
            });
  }

  @Test
  void interruption_beginsAnew() {
    at(0, candidate(60, 0));
    at(30);
    assertThat(at(60, candidate(60, 0))).isEmpty();
    assertThat(at(120, candidate(60, 0))).hasSize(1);
  }

  @Test
  void ended_isToldForAWhileWithOneEnd() {
    at(0, candidate(0, 0));

    assertThat(at(10)).extracting(PagedAlert::endsAt).containsExactly(START.plusSeconds(10));
    assertThat(at(600)).extracting(PagedAlert::endsAt).containsExactly(START.plusSeconds(10));
    assertThat(at(911)).isEmpty();
  }

  @Test
  void keepFiring_outlivesTheCause() {
    at(0, candidate(0, 60));

    assertThat(at(10)).extracting(PagedAlert::endsAt).containsExactly(START.plusSeconds(250));
    assertThat(at(69)).extracting(PagedAlert::endsAt).containsExactly(START.plusSeconds(309));
    assertThat(at(70)).extracting(PagedAlert::endsAt).containsExactly(START.plusSeconds(70));
  }

  @Test
  void firingAgain_isANewAlert() {
    at(0, candidate(0, 0));
    at(10);

    assertThat(at(20, candidate(0, 0)))
        .extracting(PagedAlert::startsAt)
        .containsExactly(START.plusSeconds(20));
  }
}
