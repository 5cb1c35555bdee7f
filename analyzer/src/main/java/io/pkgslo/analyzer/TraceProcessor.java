// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import com.google.protobuf.ByteString;
import io.pkgslo.analyzer.correlate.TraceCorrelator;
import io.pkgslo.analyzer.correlate.TraceOutbox;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SpanBlock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Correlates the traces of one partition. Everything that a block gives is sent on before the next
 * one is read, so that a commit never parts a block from its output.
 */
final class TraceProcessor extends BlockProcessor {
  private final AnalyzerContext shared;
  private @Nullable State state;

  TraceProcessor(AnalyzerContext shared) {
    super(AnalyzerTopology.TRACE, AnalyzerTopology.TRACE_DEAD_LETTERS, shared);
    this.shared = shared;
  }

  private record State(
      TraceCorrelator correlator, TraceOutbox outbox, BlockLogStore log, OrphanStore kept) {}

  @Override
  public void init(ProcessorContext<Route, byte[]> context) {
    super.init(context);
    int partitions = shared.settings().partitions();
    TraceOutbox outbox =
        new TraceOutbox(
            partition(),
            partitions,
            shared.recentErrors(),
            new ObjectiveBounds(shared.objectives()));
    TraceCorrelator correlator = new TraceCorrelator(shared.settings().traces(), outbox);
    DurableMapStore map = new DurableMapStore(store(AnalyzerTopology.TRACE_STORE));
    BlockLogStore log = new BlockLogStore(map);
    log.replay(new Again(correlator, outbox));
    OrphanStore orphans = new OrphanStore(map);
    correlator.restore(orphans.all());
    state = new State(correlator, outbox, log, orphans);
  }

  @Override
  void accept(String topic, byte @Nullable [] value, long timestampMillis) throws BrokenBlock {
    State state = state();
    ByteString bytes = Blocks.wrap(value);
    List<Progress> before = state.log.replayMayBegin() ? state.correlator.progress() : null;
    long time = feed(state.correlator, topic, bytes);
    state.log.append(topic, bytes, before, time);
    state.log.prune(state.correlator.replayFromMillis());
    state.kept.update(state.outbox.takeOrphans());
    send(state.outbox, timestampMillis);
    gauges().set(state.correlator.watermarkMillis(), state.correlator.identities());
    gauges().setHorizonSeconds(state.correlator.effectiveDuplicateHorizonSeconds());
  }

  private static long feed(TraceCorrelator correlator, String topic, ByteString value)
      throws BrokenBlock {
    return topic.equals(Topics.SPANS)
        ? correlator.accept(Blocks.spans(value))
        : correlator.accept(Blocks.logs(value));
  }

  private void send(TraceOutbox outbox, long timestampMillis) {
    Map<Integer, ObservationBlock> blocks = new TreeMap<>();
    outbox.drain(
        (block, partition) -> blocks.put(partition, block),
        (block, partition) ->
            send(
                AnalyzerTopology.PANICS_SINK,
                Route.block(partition),
                block.toByteArray(),
                timestampMillis));
    ServiceCalls.spread(blocks, shared.settings().partitions())
        .forEach(
            (partition, block) ->
                send(
                    AnalyzerTopology.TRACE_OBSERVATIONS_SINK,
                    Route.block(partition),
                    block.toByteArray(),
                    timestampMillis));
    outbox.takeDrops().forEach((reason, count) -> shared.meters().dropped(reason.label(), count));
  }

  private State state() {
    if (state == null) {
      throw new IllegalStateException("not initialised");
    }
    return state;
  }

  /** Feeds the blocks that are kept, and throws the output away. */
  private record Again(TraceCorrelator correlator, TraceOutbox outbox)
      implements BlockLogStore.Replay {
    @Override
    public void before(List<Progress> progress) {
      correlator.accept(SpanBlock.newBuilder().addAllProgress(progress).build());
      correlator.accept(LogBlock.newBuilder().addAllProgress(progress).build());
      outbox.discard();
    }

    @Override
    public void block(String topic, ByteString block) {
      try {
        feed(correlator, topic, block);
      } catch (BrokenBlock e) {
        throw new IllegalStateException("a block that was read once is broken", e);
      }
      outbox.discard();
    }
  }
}
