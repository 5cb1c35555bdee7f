// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static io.pkgslo.analyzer.correlate.TestProcesses.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.correlate.TestProcesses.Block;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicBlock;
import io.pkgslo.model.wire.ProcessBlock;
import org.junit.jupiter.api.Test;

/**
 * The SDK of an API server knows its pod, the shipper of its audit log the container alone, or the
 * other way round: the spans and the audit records of one request lie in two partitions.
 */
class AuditHomeTest {
  private static final Origin POD = TestSpans.origin("kube-apiserver", "pod:1/kube-apiserver");
  private static final Origin CONTAINER =
      Origin.newBuilder().setProcess("container:abc").setArm("").build();
  private static final int INFO = 9;
  private static final int ERROR = 17;

  private final RecordingProcessSink atPod = new RecordingProcessSink();
  private final RecordingProcessSink atContainer = new RecordingProcessSink();
  private final ProcessCorrelator pod =
      new ProcessCorrelator(ProcessSettings.defaults(), atPod, name -> !name.startsWith("pod:"));
  private final ProcessCorrelator container =
      new ProcessCorrelator(
          ProcessSettings.defaults(), atContainer, name -> name.startsWith("pod:"));

  private void namesAreKnown() {
    ProcessBlock names = new Block(0).alias(POD, "container:abc").build();
    pod.accept(names);
    container.accept(names);
  }

  /** What the container's partition sends home, as Kafka delivers it. */
  private void deliver() {
    assertThat(atContainer.logs).isEmpty();
    assertThat(atContainer.forwardedLogs).isEmpty();
    pod.accept(PanicBlock.newBuilder().addAllAudit(atContainer.forwardedAudits).build());
    atContainer.forwardedAudits.clear();
  }

  @Test
  void recordsOfTheLesserName_findTheSpanOfTheBetterOne() {
    namesAreKnown();
    container.accept(
        new Block(1_000)
            .audit(CONTAINER, 1, 77, true, INFO)
            .audit(CONTAINER, 2, 77, false, ERROR)
            .build());
    pod.accept(new Block(6_000).request(POD, 77, 5, 6).build());
    container.accept(tick(11_000));
    pod.accept(tick(11_000));
    deliver();
    pod.accept(tick(12_000));

    assertThat(atPod.forwardedLogs).containsExactly("kube-apiserver 17 in 5 6");
    assertThat(atPod.logs).isEmpty();
  }

  @Test
  void spanOfTheLesserName_isFoundByTheRecordsOfTheBetterOne() {
    namesAreKnown();
    pod.accept(new Block(1_000).audit(POD, 1, 77, false, ERROR).build());
    container.accept(new Block(6_000).request(CONTAINER, 77, 5, 6).build());
    // The other partition lags by more than the settle delay.
    pod.accept(tick(18_000));
    assertThat(atPod.logs).isEmpty();
    deliver();
    pod.accept(tick(21_000));

    assertThat(atPod.forwardedLogs).containsExactly("kube-apiserver 17 in 5 6");
    assertThat(atPod.logs).isEmpty();
  }

  /** The shipper learnt the pod in the middle of a request. */
  @Test
  void recordsUnderTwoNames_areOneEvent_ofTheService() {
    namesAreKnown();
    container.accept(new Block(1_000).audit(CONTAINER, 1, 77, true, INFO).build());
    pod.accept(new Block(1_500).audit(POD, 2, 77, false, ERROR).build());
    pod.accept(tick(30_000));
    assertThat(atPod.logs).containsExactly("kube-apiserver (unattributed) 17");
    container.accept(tick(130_000));
    deliver();
    pod.accept(tick(300_000));

    assertThat(atPod.logs).hasSize(1);
    assertThat(atPod.drops).containsEntry(CorrelateDrop.MERGED_LOG, 1L);
  }

  @Test
  void eventWithoutATrace_countsOnce_atHome_forItsService() {
    namesAreKnown();
    container.accept(new Block(1_000).audit(CONTAINER, 2, 77, false, ERROR).build());
    container.accept(tick(11_000));
    container.accept(tick(21_000));
    deliver();
    pod.accept(tick(21_000));

    assertThat(atPod.logs).containsExactly("kube-apiserver (unattributed) 17");
    assertThat(atPod.forwardedLogs).isEmpty();
  }

  /**
   * Within its first seconds a process is known by one name: what it named then follows it home.
   */
  @Test
  void requestThatWasNamedBeforeTheNamesWereKnown_isSentHome() {
    container.accept(new Block(0).request(CONTAINER, 77, 5, 6).build());
    container.accept(new Block(100).request(CONTAINER, 78, 8, 9).build());
    pod.accept(
        new Block(500).audit(POD, 1, 77, false, ERROR).audit(POD, 2, 78, false, INFO).build());
    assertThat(atContainer.forwardedAudits).isEmpty();
    ProcessBlock names = new Block(9_000).alias(POD, "container:abc").build();
    container.accept(names);
    pod.accept(names);
    pod.accept(tick(11_000)); // the records wait on, since their process has a name elsewhere
    deliver();
    pod.accept(tick(21_000));

    assertThat(atPod.forwardedLogs)
        .containsExactly("kube-apiserver 17 in 5 6", "kube-apiserver 9 in 8 9");
    assertThat(atPod.logs).isEmpty();
  }

  @Test
  void requestsAreSentHomeOnce_howeverOftenTheNamesAreTold() {
    container.accept(new Block(0).request(CONTAINER, 77, 5, 6).build());
    container.accept(new Block(1_000).alias(POD, "container:abc").build());
    container.accept(new Block(1_500).alias(POD, "container:abc").build());
    container.accept(new Block(31_000).alias(POD, "container:abc").build());

    assertThat(atContainer.forwardedAudits).hasSize(1);
  }

  /** The alias comes behind the first facts, as it does when a process has just begun. */
  @Test
  void namesThatJoinLater_keepWhatIsHeldAndKnown() {
    RecordingProcessSink sink = new RecordingProcessSink();
    ProcessCorrelator both = new ProcessCorrelator(ProcessSettings.defaults(), sink);
    both.accept(
        new Block(0).audit(CONTAINER, 1, 77, true, INFO).request(CONTAINER, 77, 5, 6).build());
    both.accept(new Block(100).request(POD, 78, 8, 9).build());
    both.accept(new Block(200).alias(POD, "container:abc").build());
    both.accept(
        new Block(300)
            .audit(CONTAINER, 2, 77, false, ERROR)
            .audit(CONTAINER, 3, 78, false, INFO)
            .build());
    both.accept(tick(300_000));

    assertThat(sink.forwardedLogs)
        .containsExactly("kube-apiserver 17 in 5 6", "kube-apiserver 9 in 8 9");
    assertThat(sink.logs).isEmpty();
  }
}
