// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import com.google.protobuf.ByteString;
import io.pkgslo.analyzer.correlate.SpanFacts;
import io.pkgslo.analyzer.correlate.TraceCorrelator;
import io.pkgslo.analyzer.correlate.TraceOutbox;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SpanBlock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Correlates the traces of one partition. What many blocks give is sent on together, at most {@link
 * #BETWEEN_DRAINS} after the first of them: rows of one package then stand for more calls, and
 * whoever counts them has less to do. Who is behind anyhow lets more come together. A commit may
 * part a block from its output. So the log says how far output was sent, together with that output,
 * and a restart makes the rest again.
 */
final class TraceProcessor extends BlockProcessor {
  private static final long NOTHING_WAITS = -1;
  private static final Duration BETWEEN_DRAINS = Duration.ofMillis(200);
  private static final Duration BETWEEN_DRAINS_BEHIND = Duration.ofSeconds(1);

  /** Records that are older when they are read show that there are many more of them. */
  private static final long BEHIND_MILLIS = 5_000;

  /** Bounds what is sent at once, when much comes at once. */
  private static final int MAX_ITEMS = 200_000;

  private final AnalyzerContext shared;
  private final ThrottledDrops drops;
  private @Nullable State state;

  /** Latest time of the records whose output waits. */
  private long timestampMillis = NOTHING_WAITS;

  /** Null while nothing waits. */
  private @Nullable Cancellable timer;

  TraceProcessor(AnalyzerContext shared, ThrottledDrops drops) {
    super(AnalyzerTopology.TRACE, AnalyzerTopology.TRACE_DEAD_LETTERS, shared);
    this.shared = shared;
    this.drops = drops;
  }

  private record State(
      TraceCorrelator correlator, TraceOutbox outbox, BlockLogStore log, OrphanStore kept) {}

  @Override
  public void init(ProcessorContext<Route, byte[]> context) {
    super.init(context);
    // A task that was suspended or lost its state begins again with the same processor, and the
    // timers of before are gone.
    timer = null;
    timestampMillis = NOTHING_WAITS;
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
    OrphanStore kept = new OrphanStore(map);
    Again again = new Again(correlator, outbox, kept);
    log.replay(again);
    if (again.foundUnsent) {
      waits(correlator.watermarkMillis());
    }
    state = new State(correlator, outbox, log, kept);
  }

  @Override
  void accept(String topic, byte @Nullable [] value, long timestampMillis) throws BrokenBlock {
    State state = state();
    if (!state.log.saysWhatIsSent()) {
      state.log.sent();
    }
    byte[] block = Blocks.present(value);
    List<Progress> before = state.log.replayMayBegin() ? state.correlator.progress() : null;
    long time = feed(state.correlator, topic, block);
    state.log.append(topic, Blocks.wrap(block), before, time);
    waits(timestampMillis);
    if (state.outbox.items() >= MAX_ITEMS) {
      drain();
    }
    gauges().set(state.correlator.watermarkMillis(), state.correlator.identities());
    gauges().setHorizonSeconds(state.correlator.effectiveDuplicateHorizonSeconds());
  }

  private void waits(long recordMillis) {
    timestampMillis = Math.max(timestampMillis, Math.max(0, recordMillis));
    if (timer == null) {
      boolean behind = context().currentSystemTimeMs() - recordMillis > BEHIND_MILLIS;
      timer =
          context()
              .schedule(
                  behind ? BETWEEN_DRAINS_BEHIND : BETWEEN_DRAINS,
                  PunctuationType.WALL_CLOCK_TIME,
                  nowMillis -> drain());
    }
  }

  /** Sends what waits, and notes that it was sent. */
  private void drain() {
    if (timer == null) {
      return;
    }
    timer.cancel();
    timer = null;
    State state = state();
    send(state.outbox, timestampMillis);
    state.kept.update(state.outbox.takeOrphans());
    state.log.prune(state.correlator.replayFromMillis());
    state.log.sent();
    timestampMillis = NOTHING_WAITS;
  }

  private static long feed(TraceCorrelator correlator, String topic, byte[] block)
      throws BrokenBlock {
    return topic.equals(Topics.SPANS)
        ? correlator.accept(Blocks.spans(block))
        : correlator.accept(Blocks.logs(Blocks.wrap(block)));
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
    drops.correlated(outbox.takeDrops(), AnalyzerTopology.TRACE + " of partition " + partition());
  }

  private State state() {
    if (state == null) {
      throw new IllegalStateException("not initialised");
    }
    return state;
  }

  /** Feeds the blocks that are kept, and throws away the output that was sent. */
  private static final class Again implements BlockLogStore.Replay {
    private final TraceCorrelator correlator;
    private final TraceOutbox outbox;
    private final OrphanStore kept;
    private boolean sent = true;
    private boolean foundUnsent;

    Again(TraceCorrelator correlator, TraceOutbox outbox, OrphanStore kept) {
      this.correlator = correlator;
      this.outbox = outbox;
      this.kept = kept;
    }

    @Override
    public void before(List<Progress> progress) {
      correlator.accept(SpanFacts.of(SpanBlock.newBuilder().addAllProgress(progress).build()));
      correlator.accept(LogBlock.newBuilder().addAllProgress(progress).build());
      outbox.discard();
    }

    @Override
    public void block(String topic, ByteString block) {
      try {
        feed(correlator, topic, block.toByteArray());
      } catch (BrokenBlock e) {
        throw new IllegalStateException("a block that was read once is broken", e);
      }
      if (sent) {
        outbox.discard();
      } else {
        foundUnsent = true;
      }
    }

    @Override
    public void unsent() {
      correlator.restore(kept.all());
      sent = false;
    }
  }
}
