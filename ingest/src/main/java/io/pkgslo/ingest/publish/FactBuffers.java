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
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.SelectionSet;
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
  private final List<BlockQueue<SpanRows>> spans;
  private final List<BlockQueue<LogRows>> logs;
  private final List<ProcessFacts> processes;
  private final BlockBytes bytes = new BlockBytes();
  private int lastSpanPartition;
  private int lastLogPartition;

  /**
   * Buffers for topics of as many partitions.
   *
   * @param partitions of each topic of facts, at least 1
   */
  public FactBuffers(int partitions) {
    this.partitions = partitions;
    spans = perPartition(() -> new BlockQueue<>(SpanRows::new));
    logs = perPartition(() -> new BlockQueue<>(LogRows::new));
    processes = perPartition(ProcessFacts::new);
  }

  private <T> List<T> perPartition(Supplier<T> factory) {
    return Stream.generate(factory).limit(partitions).toList();
  }

  @Override
  public void span(SpanFact span) {
    lastSpanPartition = Partitions.ofTrace(span.traceIdHigh(), span.traceIdLow(), partitions);
    spans.get(lastSpanPartition).forNext().add(span);
  }

  @Override
  public void selectedSpan(SelectionSet selected) {
    spans.get(lastSpanPartition).ofLast().selectLast(selected);
  }

  @Override
  public void panicOfSpan(PanicReport.Builder panic) {
    spans.get(lastSpanPartition).ofLast().addPanic(panic);
  }

  @Override
  public void log(LogFact log) {
    lastLogPartition = Partitions.ofTrace(log.traceIdHigh(), log.traceIdLow(), partitions);
    logs.get(lastLogPartition).forNext().add(log);
  }

  @Override
  public void selectedLog(SelectionSet selected) {
    logs.get(lastLogPartition).ofLast().selectLast(selected);
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
  public void panicOfTracedLog(ProcessOrigin origin, PanicReport.Builder panic) {
    logs.get(lastLogPartition).ofLast().addPanic(origin, panic);
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
  public void selectedPoint(ProcessOrigin origin, SelectedPoint.Builder point) {
    processOf(origin).addSelected(origin, point);
  }

  @Override
  public void alias(ProcessOrigin origin) {
    Stream.concat(Stream.of(origin.process()), origin.aliases().stream())
        .mapToInt(name -> Partitions.ofProcess(name, partitions))
        .distinct()
        .forEach(partition -> processes.get(partition).addAlias(origin));
  }

  private ProcessFacts processOf(ProcessOrigin origin) {
    return processes.get(Partitions.ofProcess(origin.process(), partitions));
  }

  /** Forgets everything: the transaction is over or was aborted. */
  public void clear() {
    spans.forEach(BlockQueue::clear);
    logs.forEach(BlockQueue::clear);
    processes.forEach(ProcessFacts::clear);
  }

  /**
   * Writes the blocks of spans and logs that are full. To be called where no item is half written:
   * between two records.
   *
   * @param appendedMillis as in {@link #write}
   */
  public void writeFull(long appendedMillis, Consumer<ProducerRecord<byte[], byte[]>> out) {
    for (int i = 0; i < partitions; i++) {
      spans.get(i).writeFull(bytes, appendedMillis, to(Topics.SPANS, i, appendedMillis, out));
      logs.get(i).writeFull(bytes, appendedMillis, to(Topics.LOGS, i, appendedMillis, out));
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
      if (!spans.get(i).isEmpty() || !ofSpans.isEmpty()) {
        Blocks.Output output = to(Topics.SPANS, i, appendedMillis, out);
        spans.get(i).write(bytes, appendedMillis, ofSpans, output);
      }
      if (!logs.get(i).isEmpty() || !ofLogs.isEmpty()) {
        Blocks.Output output = to(Topics.LOGS, i, appendedMillis, out);
        logs.get(i).write(bytes, appendedMillis, ofLogs, output);
      }
      if (processes.get(i).size() > 0 || !ofAll.isEmpty()) {
        Blocks.Output output = to(Topics.PROCESS, i, appendedMillis, out);
        processes.get(i).write(appendedMillis, ofAll, output);
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
