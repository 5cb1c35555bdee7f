// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static io.pkgslo.analyzer.correlate.TestProcesses.tick;
import static io.pkgslo.analyzer.correlate.TestSpans.origin;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.correlate.TestProcesses.Block;
import io.pkgslo.analyzer.correlate.TestSpans.Span;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.ProcessBlock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Kubernetes audit records: one event per request, in the trace of whoever names the request. */
class AuditEventTest {
  private static final Origin API = origin("kube-apiserver", "pod:1/kube-apiserver");
  private static final Origin OTHER = origin("kube-apiserver", "pod:2/kube-apiserver");
  private static final int INFO = 9;
  private static final int ERROR = 17;
  private static final long MINUTE = 60_000;

  private final RecordingProcessSink sink = new RecordingProcessSink();
  private final ProcessCorrelator correlator =
      new ProcessCorrelator(ProcessSettings.defaults(), sink);

  private List<String> logsAfter(long millis, Block... blocks) {
    for (Block block : blocks) {
      correlator.accept(block.build());
    }
    correlator.accept(tick(millis));
    return sink.logs;
  }

  @Test
  void stagesOfOneRequest_areOneEvent_asItEnded() {
    assertThat(
            logsAfter(
                10_000,
                new Block(0).audit(API, 1, 77, true, INFO).audit(API, 2, 77, true, INFO),
                new Block(500).audit(API, 3, 77, false, ERROR),
                new Block(500).audit(API, 4, 78, false, INFO)))
        .isEmpty();
    assertThat(logsAfter(20 * MINUTE))
        .containsExactly("kube-apiserver (unattributed) 17", "kube-apiserver (unattributed) 9");
    assertThat(sink.drops).containsEntry(CorrelateDrop.MERGED_LOG, 2L);
  }

  /** The partitions of the audit log are read in any order. */
  @Test
  void endThatArrivesFirst_isTheEvent() {
    logsAfter(
        20 * MINUTE,
        new Block(0).audit(API, 3, 77, false, ERROR),
        new Block(500).audit(API, 1, 77, true, INFO));
    assertThat(sink.logs).containsExactly("kube-apiserver (unattributed) 17");
  }

  /** The API server died, or the request is a watch of hours. */
  @Test
  void requestThatDoesNotEnd_countsAfterTwoMinutes_andItsEndNoMore() {
    Block received = new Block(0).audit(API, 1, 77, true, INFO);
    assertThat(logsAfter(2 * MINUTE, received)).isEmpty();
    assertThat(logsAfter(2 * MINUTE + 1)).containsExactly("kube-apiserver (unattributed) 9");
    logsAfter(30 * MINUTE, new Block(9 * MINUTE).audit(API, 2, 77, false, INFO));
    assertThat(sink.logs).hasSize(1);
  }

  /** A request that is handed on to an aggregated server has one id and two processes. */
  @Test
  void requestOfTwoProcesses_isTwoEvents() {
    logsAfter(10_000, new Block(0).audit(API, 1, 77, false, INFO).audit(OTHER, 2, 77, false, INFO));
    assertThat(sink.logs).hasSize(2);
  }

  @Test
  void event_belongsToTheTraceOfTheSpanOfItsRequest() {
    logsAfter(
        30_000,
        new Block(0).audit(API, 1, 77, true, INFO).audit(API, 2, 77, false, ERROR),
        new Block(5_000).request(API, 77, 5, 6),
        new Block(5_000).request(OTHER, 78, 8, 9).audit(API, 3, 78, false, INFO));
    assertThat(sink.forwardedLogs).containsExactly("kube-apiserver 17 in 5 6");
    assertThat(sink.logs).containsExactly("kube-apiserver (unattributed) 9");
  }

  /** An early record was enriched with the trace, the last one was not. */
  @Test
  void traceOfOneRecord_isThatOfTheEvent_atOnce() {
    logsAfter(
        100,
        new Block(0).audit(API, 1, 77, true, INFO).inTrace(5, 6).audit(API, 2, 77, false, ERROR));
    assertThat(sink.forwardedLogs).containsExactly("kube-apiserver 17 in 5 6");
    assertThat(sink.logs).isEmpty();
  }

  @Test
  void requestId_isTheNextBestName() {
    ProcessBlock.Builder block =
        new Block(0).request(API, 99, 5, 6).audit(API, 1, 77, false, ERROR).build().toBuilder();
    block.getLogBuilder(0).setRequestAlias(99);
    correlator.accept(block.build());
    correlator.accept(tick(10_000));
    assertThat(sink.forwardedLogs).containsExactly("kube-apiserver 17 in 5 6");
  }

  /** What the process task hands on is counted for the span's package, with its trace. */
  @Test
  void forwardedEvent_takesThePackageOfItsSpan() {
    ProcessOutbox outbox = new ProcessOutbox(0, 1, new RecentErrors(1, 1));
    ProcessCorrelator processes = new ProcessCorrelator(ProcessSettings.defaults(), outbox);
    processes.accept(new Block(0).request(API, 77, 5, 6).audit(API, 1, 77, false, ERROR).build());
    processes.accept(tick(10_000));
    List<LogBlock> joined = new ArrayList<>();
    outbox.drainJoined((block, partition) -> joined.add(block));
    assertThat(joined).hasSize(1);

    RecordingTraceSink traceSink = new RecordingTraceSink();
    TraceCorrelator traces = new TraceCorrelator(TraceSettings.defaults(), traceSink);
    Span span = new Span(5, 6, 0, API, "k8s.io/apiserver/pkg/server", SpanTraits.KIND_SERVER, 0);
    traces.accept(new TestSpans.Block(0).span(span).build());
    LogBlock.Builder log = joined.get(0).toBuilder().setTraceIdHigh(0, 0xabcdL);
    traces.accept(log.build());
    traces.accept(TestSpans.tick(30_000));
    assertThat(traceSink.logs).containsExactly("kube-apiserver k8s.io/apiserver/pkg/server");
  }
}
