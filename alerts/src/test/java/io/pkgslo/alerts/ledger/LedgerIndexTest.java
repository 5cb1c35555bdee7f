// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerIndexTest {
  private final LedgerIndex index = new LedgerIndex(3);

  private static LedgerIndex.Entry entry(String rollout, long sequence) {
    return new LedgerIndex.Entry(
        rollout + "-" + sequence,
        rollout,
        sequence,
        "hold",
        "no-data",
        "",
        "judge",
        1,
        new LedgerIndex.Place(0, sequence));
  }

  @Test
  void records_areFoundByIdAndByRollout_inOrder() {
    index.add(entry("a-b", 1));
    index.add(entry("a-b", 0));

    assertThat(index.get("a-b-1")).isEqualTo(entry("a-b", 1));
    assertThat(index.chain("a-b")).containsExactly(entry("a-b", 0), entry("a-b", 1));
  }

  @Test
  void unknownIds_areNotFound() {
    index.add(entry("a", 0));

    assertThat(index.get("a")).isNull();
    assertThat(index.get("a-")).isNull();
    assertThat(index.get("a-x")).isNull();
    assertThat(index.get("a-1")).isNull();
    assertThat(index.get("a-99999999999999999999")).isNull();
    assertThat(index.get("b-0")).isNull();
    assertThat(index.chain("b")).isEmpty();
  }

  /** The rollout that nobody heard of for longest goes first, whole. */
  @Test
  void overTheLimit_theOldestRolloutGoes() {
    index.add(entry("a", 0));
    index.add(entry("b", 0));
    index.add(entry("a", 1));
    index.add(entry("c", 0));

    assertThat(index.chain("b")).isEmpty();
    assertThat(index.chain("a")).hasSize(2);
    assertThat(index.chain("c")).hasSize(1);
  }

  @Test
  void redeliveredRecord_countsOnce() {
    index.add(entry("a", 0));
    for (int i = 0; i < 5; i++) {
      index.add(entry("b", 0));
    }

    assertThat(index.chain("a")).hasSize(1);
  }
}
