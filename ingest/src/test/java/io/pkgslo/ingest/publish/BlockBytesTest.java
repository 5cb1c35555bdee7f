// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SpanBlock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written by hand is byte for byte what the generated classes write. */
class BlockBytesTest {
  private static final long SEED = 5;

  @Test
  void blocks_ofAnyNumbers_areThoseOfTheGeneratedClasses() throws InvalidProtocolBufferException {
    Random random = new Random(SEED);
    BlockBytes bytes = new BlockBytes();
    for (int i = 0; i < 200; i++) {
      int rows = random.nextInt(i < 190 ? 20 : 20_000);
      PackedColumn ids = new PackedColumn();
      PackedColumn durations = new PackedColumn();
      SpanBlock.Builder expected = SpanBlock.newBuilder();
      for (int row = 0; row < rows; row++) {
        long value = random.nextLong() >>> random.nextInt(Long.SIZE);
        ids.fixed64(value);
        durations.varint(value);
        expected.addSpanId(value).addDurationNanos(value);
      }
      long millis = random.nextInt(3) == 0 ? 0 : random.nextLong();
      Origin origin = Origin.newBuilder().setService("shop \u00e4\u4e2d").setRestart(i).build();
      Progress progress = Progress.newBuilder().setTopic("t").setThroughMillis(millis).build();
      List<String> packages = List.of("", "github.com/a/b", "\ud83d\ude00");
      expected.addProgress(progress).setAppendedMillis(millis).addOrigin(origin);
      expected.addAllPackage(packages);
      byte[] written =
          bytes
              .clear()
              .messages(SpanBlock.PROGRESS_FIELD_NUMBER, List.of(progress))
              .int64(SpanBlock.APPENDED_MILLIS_FIELD_NUMBER, millis)
              .messages(SpanBlock.ORIGIN_FIELD_NUMBER, List.of(origin))
              .strings(SpanBlock.PACKAGE_FIELD_NUMBER, packages)
              .packed(SpanBlock.SPAN_ID_FIELD_NUMBER, ids)
              .packed(SpanBlock.DURATION_NANOS_FIELD_NUMBER, durations)
              .toArray();
      assertThat(SpanBlock.parseFrom(written)).isEqualTo(expected.build());
      assertThat(written).isEqualTo(expected.build().toByteArray());
    }
  }
}
