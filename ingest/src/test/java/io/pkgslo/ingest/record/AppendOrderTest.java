// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class AppendOrderTest {
  private static List<AppendOrder.Group> groups(long... appendedMillis) {
    List<ConsumerRecord<byte[], ByteBuffer>> records = new ArrayList<>();
    for (int i = 0; i < appendedMillis.length; i++) {
      records.add(new ConsumerRecord<>("otlp_spans", 0, i, null, ByteBuffer.allocate(1)));
    }
    return AppendOrder.of(records, record -> appendedMillis[(int) record.offset()]);
  }

  private static List<Long> offsets(AppendOrder.Group group) {
    return group.records().stream().map(ConsumerRecord::offset).toList();
  }

  @Test
  void pollOfOneMoment_isOneGroup_inItsOrder() {
    List<AppendOrder.Group> groups = groups(5_000, 5_000, 5_400, 5_000);
    assertThat(groups).hasSize(1);
    assertThat(groups.get(0).appendedMillis()).isEqualTo(5_400);
    assertThat(offsets(groups.get(0))).containsExactly(0L, 1L, 3L, 2L);
  }

  /** One partition is an hour behind the other. */
  @Test
  void laggingPartition_sharesNoGroupWithTheOther() {
    List<AppendOrder.Group> groups = groups(3_600_000, 1_000, 3_600_100, 1_200, 9_000);
    assertThat(groups)
        .extracting(AppendOrder.Group::appendedMillis)
        .containsExactly(1_200L, 9_000L, 3_600_100L);
    assertThat(offsets(groups.get(0))).containsExactly(1L, 3L);
    assertThat(offsets(groups.get(2))).containsExactly(0L, 2L);
  }

  @Test
  void groupBehindAnother_sharesItsBlocks_whileBothAreWithinASecond() {
    AppendOrder.Group first = groups(5_000, 5_400).get(0);
    AppendOrder.Group near = groups(5_900).get(0).behind(first);
    assertThat(near).isNotNull();
    assertThat(near.appendedMillis()).isEqualTo(5_900);
    assertThat(offsets(near)).containsExactly(0L);
    assertThat(groups(6_300).get(0).behind(near)).isNull();
    assertThat(groups(1_000).get(0).behind(near)).isNull();
    AppendOrder.Group earlier = groups(4_950).get(0).behind(near);
    assertThat(earlier).isNotNull();
    assertThat(earlier.appendedMillis()).isEqualTo(5_900);
  }

  @Test
  void nothing_isNoGroup() {
    assertThat(groups()).isEmpty();
  }
}
