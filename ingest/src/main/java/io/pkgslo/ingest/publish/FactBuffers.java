// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import io.pkgslo.ingest.attribute.FactSink;
import io.pkgslo.ingest.attribute.LogFact;
import io.pkgslo.ingest.attribute.ProcessOrigin;
import io.pkgslo.ingest.attribute.SpanFact;
import io.pkgslo.model.Partitions;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessInit;
import io.pkgslo.model.wire.ProcessLine;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.ProcessRequest;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.RuntimePoint;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The facts of one transaction, sorted by target partition. Buffers are kept from transaction to
 * transaction.
 *
 * <p>Mutable, single-threaded.
 */
public final class FactBuffers implements FactSink {
  private final int partitions;
  private final SpanColumns[] spans;
  private final LogColumns[] logs;
  private final ProcessFacts[] processes;
  private int lastSpanPartition;

  /**
   * Buffers for topics of as many partitions.
   *
   * @param partitions of each topic of facts, at least 1
   */
  public FactBuffers(int partitions) {
    this.partitions = partitions;
    spans = fill(new SpanColumns[partitions], SpanColumns::new);
    logs = fill(new LogColumns[partitions], LogColumns::new);
    processes = fill(new ProcessFacts[partitions], ProcessFacts::new);
  }

  private static <T> T[] fill(T[] array, Supplier<T> factory) {
    for (int i = 0; i < array.length; i++) {
      array[i] = factory.get();
    }
    return array;
  }

  @Override
  public void span(SpanFact span) {
    lastSpanPartition = Partitions.ofTrace(span.traceIdHigh(), span.traceIdLow(), partitions);
    spans[lastSpanPartition].add(span);
  }

  @Override
  public void panicOfSpan(PanicReport.Builder panic) {
    spans[lastSpanPartition].addPanicOfLast(panic);
  }

  @Override
  public void log(LogFact log) {
    logs[Partitions.ofTrace(log.traceIdHigh(), log.traceIdLow(), partitions)].add(log);
  }

  @Override
  public void processLog(ProcessOrigin origin, ProcessLog.Builder log) {
    processOf(origin).addLog(origin, log);
  }

  @Override
  public void request(ProcessOrigin origin, ProcessRequest.Builder request) {
    processOf(origin).addRequest(origin, request);
  }

  @Override
  public void panicOfLog(ProcessOrigin origin, PanicReport.Builder panic) {
    processOf(origin).addPanic(origin, panic);
  }

  @Override
  public void init(ProcessOrigin origin, ProcessInit.Builder init) {
    processOf(origin).addInit(origin, init);
  }

  @Override
  public void line(ProcessOrigin origin, String stream, ProcessLine.Builder line) {
    processOf(origin).addLine(origin, stream, line);
  }

  @Override
  public void runtime(ProcessOrigin origin, RuntimePoint.Builder point) {
    processOf(origin).addRuntime(origin, point);
  }

  @Override
  public void alias(ProcessOrigin origin) {
    Stream.concat(Stream.of(origin.process()), origin.aliases().stream())
        .mapToInt(name -> Partitions.ofProcess(name, partitions))
        .distinct()
        .forEach(partition -> processes[partition].addAlias(origin));
  }

  private ProcessFacts processOf(ProcessOrigin origin) {
    return processes[Partitions.ofProcess(origin.process(), partitions)];
  }

  /** Forgets everything: the transaction is over or was aborted. */
  public void clear() {
    for (int i = 0; i < partitions; i++) {
      spans[i].clear();
      logs[i].clear();
      processes[i].clear();
    }
  }

  /**
   * Writes all blocks. A partition gets a record when it has facts, or when its topic has progress
   * to report; progress stands in the last record of the partition.
   *
   * @param appendedMillis highest append time of the source records, epoch milliseconds
   */
  public void write(
      long appendedMillis, ProgressReport progress, Consumer<ProducerRecord<byte[], byte[]>> out) {
    List<Progress> ofSpans = progress.of(Topics.OTLP_SPANS);
    List<Progress> ofLogs = progress.of(Topics.OTLP_LOGS);
    List<Progress> ofAll = progress.entries();
    for (int i = 0; i < partitions; i++) {
      if (spans[i].size() > 0 || !ofSpans.isEmpty()) {
        spans[i].write(appendedMillis, ofSpans, to(Topics.SPANS, i, appendedMillis, out));
      }
      if (logs[i].size() > 0 || !ofLogs.isEmpty()) {
        logs[i].write(appendedMillis, ofLogs, to(Topics.LOGS, i, appendedMillis, out));
      }
      if (processes[i].size() > 0 || !ofAll.isEmpty()) {
        processes[i].write(appendedMillis, ofAll, to(Topics.PROCESS, i, appendedMillis, out));
      }
    }
  }

  private static Blocks.Output to(
      String topic,
      int partition,
      long timestampMillis,
      Consumer<ProducerRecord<byte[], byte[]>> out) {
    return block ->
        out.accept(new ProducerRecord<>(topic, partition, timestampMillis, null, block));
  }
}
