// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import static io.pkgslo.alerts.rollout.Minutes.SERVICE;
import static io.pkgslo.alerts.rollout.Minutes.at;
import static io.pkgslo.alerts.rollout.Minutes.bucket;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.ledger.LedgerCheck;
import io.pkgslo.alerts.ledger.SealedRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the judge decides stands in the ledger, and can be made again from it. */
class LedgerTopologyTest {
  private final RolloutTopology rollouts = new RolloutTopology(1, RolloutRules.of(Policy.DEFAULT));
  private final DrivenTopology topology = new DrivenTopology(rollouts);

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void everyChangeOfTheVerdict_isARecord_andTheChainIsWhole() {
    play(0, 10, 2);

    List<String> records = topology.records();
    RolloutView view = topology.view();
    assertThat(records).extracting(json -> verdict(json)).containsExactly("hold", "rollback");
    assertThat(new LedgerCheck().verify(records)).isEmpty();
    assertThat(view.decisionId()).isEqualTo(id(records.get(1))).isEqualTo(view.id() + "-1");
    assertThat(SealedRecord.parse(records.get(1)).record().basis().looks()).isNotEmpty();
  }

  @Test
  void oneChangedByte_isFound() {
    play(0, 10, 2);
    List<String> records = topology.records();
    String second = records.get(1);

    // Every 97th place: a digit becomes another digit, a letter another letter.
    for (int i = 20; i < second.length(); i += 97) {
      char c = second.charAt(i);
      char other = c == '9' ? '8' : (char) (c + 1);
      List<String> changed = new ArrayList<>(records);
      changed.set(1, second.substring(0, i) + other + second.substring(i + 1));
      assertThat(new LedgerCheck().verify(changed)).as("place %d, %s", i, c).isNotEmpty();
    }
  }

  /** An hour without any decision: the looks are recorded nevertheless, and each of them once. */
  @Test
  void quietHours_areRecordedBySixtyLooks() {
    play(0, 150, 0);

    List<String> records = topology.records();
    assertThat(new LedgerCheck().verify(records)).isEmpty();
    List<Long> looks =
        records.stream()
            .flatMap(json -> SealedRecord.parse(json).record().basis().looks().stream())
            .map(look -> look.startEpochNanos() / 60_000_000_000L)
            .toList();
    assertThat(looks).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(100).isSorted();
    assertThat(records)
        .allSatisfy(
            json ->
                assertThat(SealedRecord.parse(json).record().basis().looks())
                    .hasSizeLessThanOrEqualTo(60));
  }

  @Test
  void silence_isRecordedAsTheEnd() {
    play(0, 5, 0);
    for (int minute = 5; minute < 40; minute++) {
      topology.closeUntil(minute + 1, bucket(minute, "1.4.0", 900, 0));
    }

    List<String> records = topology.records();
    assertThat(new LedgerCheck().verify(records)).isEmpty();
    RolloutView last = topology.view();
    assertThat(last.closedAt()).isNotNull();
    assertThat(last.decisionId()).isEqualTo(id(records.get(records.size() - 1)));
  }

  @Test
  void lateBuckets_areExcluded_andStillTheChainIsWhole() {
    play(0, 5, 0);
    topology.closeUntil(5, bucket(3, "1.5.0", 100, 50));
    play(5, 8, 0);

    RolloutView view = topology.view();
    assertThat(view.details().excluded()).containsEntry("late", 1L);
    assertThat(view.verdict()).isEqualTo("hold");
    assertThat(rollouts.counters().lateBuckets()).isEqualTo(1);
    assertThat(new LedgerCheck().verify(topology.records())).isEmpty();
  }

  @Test
  void freeze_holdsARollback_andStandsInTheLedger_untilItIsWithdrawn() {
    play(0, 10, 2);
    RolloutView rolledBack = topology.view();
    assertThat(rolledBack.verdict()).isEqualTo("rollback");

    topology.order(word(OrderKind.FREEZE, rolledBack));
    RolloutView frozen = topology.view();
    assertThat(frozen.verdict()).isEqualTo("hold");
    assertThat(frozen.reason()).contains("frozen by ann (look at it)");
    assertThat(frozen.details().word().who()).isEqualTo("ann");

    topology.order(word(OrderKind.WITHDRAW, rolledBack));
    assertThat(topology.view().verdict()).isEqualTo("rollback");
    List<String> records = topology.records();
    assertThat(records)
        .extracting(json -> SealedRecord.parse(json).record().question().askedBy())
        .containsExactly("judge", "judge", "ann", "ann");
    assertThat(new LedgerCheck().verify(records)).isEmpty();
  }

  @Test
  void orderForNobody_orNotAnOrder_isCounted() {
    play(0, 3, 0);
    RolloutView view = topology.view();
    topology.order(
        new Order("1", OrderKind.FREEZE, SERVICE, "other", "ann", "", at(3), null, null, null));
    topology.order(new byte[] {1, 2, 3});
    topology.order("{\"format\":1,\"order\":{\"id\":\"x\"}}".getBytes());

    assertThat(topology.views()).isEmpty();
    assertThat(view.verdict()).isEqualTo("hold");
    assertThat(rollouts.counters().unknownOrders()).isEqualTo(1);
    assertThat(rollouts.counters().unreadableOrders()).isEqualTo(2);
  }

  private static Order word(OrderKind kind, RolloutView about) {
    return Order.ofPerson("id", kind, about, "ann", "look at it", at(10));
  }

  private void play(int from, int until, long panicsPerMinute) {
    for (int minute = from; minute < until; minute++) {
      if (minute == 0) {
        topology.closeUntil(1, bucket(0, "1.4.0", 900, 0));
      } else {
        topology.closeUntil(
            minute + 1,
            bucket(minute, "1.4.0", 900, 0),
            bucket(minute, "1.5.0", 100, panicsPerMinute));
      }
    }
  }

  private static String verdict(String json) {
    return SealedRecord.parse(json).record().decision().verdict().wireName();
  }

  private static String id(String json) {
    return SealedRecord.parse(json).record().decisionId();
  }
}
