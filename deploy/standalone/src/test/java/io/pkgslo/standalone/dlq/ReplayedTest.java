// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.dlq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class ReplayedTest {
  @Test
  void withoutAnythingStanding_anOffsetSaysAll() {
    Replayed replayed = Replayed.of(null);
    replayed.add(0, false);
    replayed.add(1, false);
    assertThat(replayed.toCommit()).isEqualTo(new OffsetAndMetadata(2, ""));
  }

  /** A filter by reason leaves some standing; the others are not sent a second time. */
  @Test
  void behindWhatStands_singleOnesAreRemembered() {
    Replayed replayed = Replayed.of(new OffsetAndMetadata(3));
    for (long offset : new long[] {5, 6, 7, 9, 12, 13}) {
      replayed.add(offset, true);
    }
    assertThat(replayed.toCommit()).isEqualTo(new OffsetAndMetadata(3, "pkgslo-dlq-1:5-7,9,12-13"));

    Replayed again = Replayed.of(replayed.toCommit());
    assertThat(again.contains(2)).isTrue();
    assertThat(again.contains(3)).isFalse();
    assertThat(again.contains(6)).isTrue();
    assertThat(again.contains(8)).isFalse();
    assertThat(again.contains(13)).isTrue();
    assertThat(again.contains(14)).isFalse();
  }

  @Test
  void whatStood_isForgottenOnceItIsSent() {
    Replayed replayed = Replayed.of(new OffsetAndMetadata(3, "pkgslo-dlq-1:4-5,7"));
    replayed.add(3, false);
    replayed.add(4, false);
    replayed.add(5, false);
    replayed.add(6, false);
    replayed.add(7, false);
    assertThat(replayed.toCommit()).isEqualTo(new OffsetAndMetadata(8, ""));
  }

  @Test
  void tooManyGaps_doNotFit() {
    Replayed replayed = Replayed.of(null);
    for (long offset = 1; offset < 4_000; offset += 2) {
      replayed.add(offset, true);
    }
    assertThat(replayed.fits()).isFalse();
  }

  @Test
  void metadataOfSomebodyElse_isRefused() {
    assertThatThrownBy(() -> Replayed.of(new OffsetAndMetadata(1, "mine")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("mine");
  }
}
