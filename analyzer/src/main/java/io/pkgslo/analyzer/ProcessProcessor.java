// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import com.google.protobuf.ByteString;
import io.pkgslo.analyzer.correlate.ProcessCorrelator;
import io.pkgslo.analyzer.correlate.ProcessOutbox;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.PanicBlock;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.Progress;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** Correlates what belongs to the processes of one partition; see {@link TraceProcessor}. */
final class ProcessProcessor extends BlockProcessor {
  private final AnalyzerContext shared;
  private final ThrottledDrops drops;
  private @Nullable State state;

  ProcessProcessor(AnalyzerContext shared, ThrottledDrops drops) {
    super(AnalyzerTopology.PROCESS, AnalyzerTopology.PROCESS_DEAD_LETTERS, shared);
    this.shared = shared;
    this.drops = drops;
  }

  private record State(
      ProcessCorrelator correlator, ProcessOutbox outbox, BlockLogStore log, EpisodeStore kept) {}

  @Override
  public void init(ProcessorContext<Route, byte[]> context) {
    super.init(context);
    int partitions = shared.settings().partitions();
    ProcessOutbox outbox = new ProcessOutbox(partition(), partitions, shared.recentErrors());
    ProcessCorrelator correlator =
        new ProcessCorrelator(shared.settings().processes(), outbox, outbox::isElsewhere);
    DurableMapStore map = new DurableMapStore(store(AnalyzerTopology.PROCESS_STORE));
    BlockLogStore log = new BlockLogStore(map);
    EpisodeStore episodes = new EpisodeStore(map);
    episodes.visit(correlator::restore);
    log.replay(new Again(correlator, outbox));
    state = new State(correlator, outbox, log, episodes);
  }

  @Override
  void accept(String topic, byte @Nullable [] value, long timestampMillis) throws BrokenBlock {
    State state = state();
    ByteString bytes = Blocks.wrap(value);
    List<Progress> before = state.log.replayMayBegin() ? state.correlator.progress() : null;
    long time = feed(state.correlator, topic, bytes);
    state.log.append(topic, bytes, before, time);
    state.log.prune(state.correlator.replayFromMillis());
    state.kept.update(state.outbox.takeOpened(), state.outbox.takeForgotten());
    state.outbox.drainForwarded(
        (block, partition) ->
            send(
                AnalyzerTopology.PROCESS_PANICS_SINK,
                Route.block(partition),
                block.toByteArray(),
                timestampMillis));
    state.outbox.drainJoined(
        (block, partition) ->
            send(
                AnalyzerTopology.PROCESS_LOGS_SINK,
                Route.block(partition),
                block.toByteArray(),
                timestampMillis));
    state.outbox.drain(
        (block, partition) ->
            send(
                AnalyzerTopology.PROCESS_OBSERVATIONS_SINK,
                Route.block(partition),
                block.toByteArray(),
                timestampMillis));
    drops.correlated(
        state.outbox.takeDrops(), AnalyzerTopology.PROCESS + " of partition " + partition());
    gauges().set(state.correlator.watermarkMillis(), state.correlator.processes());
    gauges().setHorizonSeconds(state.correlator.effectiveDuplicateHorizonSeconds());
  }

  private static long feed(ProcessCorrelator correlator, String topic, ByteString value)
      throws BrokenBlock {
    return topic.equals(Topics.PROCESS)
        ? correlator.accept(Blocks.process(value))
        : correlator.accept(Blocks.panics(value));
  }

  private State state() {
    if (state == null) {
      throw new IllegalStateException("not initialised");
    }
    return state;
  }

  /** Feeds the blocks that are kept, and throws the output away. */
  private record Again(ProcessCorrelator correlator, ProcessOutbox outbox)
      implements BlockLogStore.Replay {
    @Override
    public void before(List<Progress> progress) {
      correlator.accept(ProcessBlock.newBuilder().addAllProgress(progress).build());
      correlator.accept(PanicBlock.newBuilder().addAllProgress(progress).build());
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
