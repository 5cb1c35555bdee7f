// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.model.Partitions;
import io.pkgslo.model.wire.ErrorLog;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.RuntimePoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a process goes on as it came: points of runtime metrics and the last error logs. */
class ProcessOutboxTest {
  private static final Origin SHOP = TestSpans.origin("shop", "pod:1/shop");
  private static final int PARTITIONS = 4;

  private final ProcessOutbox outbox = new ProcessOutbox(0, PARTITIONS, new RecentErrors(9, 9));
  private final ProcessCorrelator correlator =
      new ProcessCorrelator(ProcessSettings.defaults(), outbox);

  @Test
  void runtimePoints_goToThePartitionOfTheServicesRuntime_onceEach() {
    RuntimePoint point =
        RuntimePoint.newBuilder()
            .setMetric("go.memory.used")
            .setAttribute("stack")
            .setStartEpochNanos(5)
            .setTimeEpochNanos(TestSpans.T0_NANOS)
            .setValue(1e6)
            .build();
    RuntimePoint other = point.toBuilder().setAttribute("other").build();
    RuntimePoint later = point.toBuilder().setTimeEpochNanos(TestSpans.T0_NANOS + 1).build();
    ProcessBlock block =
        ProcessBlock.newBuilder()
            .setAppendedMillis(TestSpans.T0_MILLIS)
            .addOrigin(SHOP)
            .addRuntime(point)
            .addRuntime(other)
            .addRuntime(later)
            .build();
    correlator.accept(block);
    correlator.accept(block);
    List<RuntimePoint> points = new ArrayList<>();
    outbox.drain(
        (observations, partition) -> {
          assertThat(partition).isEqualTo(Partitions.ofSubject("shop", "(runtime)", PARTITIONS));
          assertThat(observations.getOriginList()).containsExactly(SHOP);
          points.addAll(observations.getRuntimeList());
        });

    assertThat(points).containsExactly(point, other, later);
    assertThat(outbox.takeDrops()).containsEntry(CorrelateDrop.DUPLICATE_POINT, 3L);
  }

  @Test
  void errorLogs_areTheLastThreeOfAPackage() {
    ProcessBlock.Builder block =
        ProcessBlock.newBuilder().setAppendedMillis(TestSpans.T0_MILLIS).addOrigin(SHOP);
    for (int i = 0; i < 5; i++) {
      block.addLog(log(i, "a/b", 17, "failed " + i));
    }
    block.addLog(log(8, "a/c", 21, "died")).addLog(log(9, "a/c", 9, ""));
    correlator.accept(block.build());
    List<String> texts = new ArrayList<>();
    outbox.drain((observations, partition) -> texts.addAll(texts(observations)));

    assertThat(texts)
        .containsExactlyInAnyOrder(
            "a/b 17 failed 2", "a/b 17 failed 3", "a/b 17 failed 4", "a/c 21 died");
  }

  private static List<String> texts(ObservationBlock observations) {
    List<String> texts = new ArrayList<>();
    for (ErrorLog log : observations.getErrorLogList()) {
      assertThat(observations.getOrigin(log.getOriginIndex())).isEqualTo(SHOP);
      String goPackage = observations.getPackage(log.getPackageIndex());
      texts.add(goPackage + " " + log.getSeverity() + " " + log.getText());
    }
    return texts;
  }

  private static ProcessLog log(long identity, String goPackage, int severity, String text) {
    return ProcessLog.newBuilder()
        .setIdentityLow(identity)
        .setPackage(goPackage)
        .setSeverity(severity)
        .setTimeEpochNanos(TestSpans.T0_NANOS)
        .setText(text)
        .build();
  }
}
