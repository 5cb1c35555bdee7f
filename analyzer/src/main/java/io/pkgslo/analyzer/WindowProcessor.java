// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.analyzer.budget.SubjectStates;
import io.pkgslo.analyzer.export.CommittedSubjects;
import io.pkgslo.analyzer.export.EndToEnd;
import io.pkgslo.analyzer.sli.News;
import io.pkgslo.analyzer.sli.SliOutput;
import io.pkgslo.analyzer.sli.SliStage;
import io.pkgslo.analyzer.sli.SubjectSnapshot;
import io.pkgslo.analyzer.window.ProgressTracker;
import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.model.DegradeCheck;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SliBlock;
import io.pkgslo.model.wire.SliBucket;
import io.pkgslo.model.wire.SubjectState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Windows of one partition: observations in, closed minutes and states of subjects out, and after
 * each commit what is shown to Prometheus.
 */
final class WindowProcessor extends BlockProcessor {
  private static final Duration BETWEEN_ANNOUNCEMENTS = Duration.ofSeconds(1);

  /** 10,000 changed subjects are announced every 4 s. */
  private static final double ANNOUNCED_PER_MILLI = 2.5;

  /** 10,000 changed subjects are shown every 2 s; up to 500 with every commit. */
  private static final double SHOWN_PER_MILLI = 5;

  /** The gates call an analyzer silent that says nothing for 20 s. */
  private static final long LONGEST_UNANNOUNCED_MILLIS = 10_000;

  private static final long LONGEST_UNSHOWN_MILLIS = 5_000;

  /** Progress in the topic of subjects has this key and the number of its partition. */
  private static final String PROGRESS_KEY = "progress";

  private static final char KEY_SEPARATOR = '\0';

  private final AnalyzerContext shared;
  private final ThrottledDrops drops;
  private final Runnable afterCommit = this::publish;
  private final EndToEnd.Pending endToEnd;
  private final Pace announcing = new Pace(ANNOUNCED_PER_MILLI, LONGEST_UNANNOUNCED_MILLIS);
  private final Pace publishing = new Pace(SHOWN_PER_MILLI, LONGEST_UNSHOWN_MILLIS);
  private final SubjectStates states = new SubjectStates();
  private CommittedSubjects.Partition committed = new CommittedSubjects.Partition();
  private @Nullable SliStage stage;
  private @Nullable DegradedStore degraded;
  private long announcedMillis = ProgressTracker.UNKNOWN;

  WindowProcessor(AnalyzerContext shared, ThrottledDrops drops) {
    super(AnalyzerTopology.WINDOW, AnalyzerTopology.WINDOW_DEAD_LETTERS, shared);
    this.shared = shared;
    this.drops = drops;
    this.endToEnd = shared.endToEnd().open();
  }

  @Override
  public void init(ProcessorContext<Route, byte[]> context) {
    super.init(context);
    stage =
        new SliStage(
            shared.settings().windows(partition()),
            new DurableMapStore(store(AnalyzerTopology.WINDOW_STORE)),
            shared.objectives().get(),
            drops);
    degraded = new DegradedStore(store(AnalyzerTopology.DEGRADED_STORE));
    // What was just read back is committed.
    committed = new CommittedSubjects.Partition();
    publish();
    shared.committed().show(partition(), committed);
    shared.commits().add(afterCommit);
    context.schedule(BETWEEN_ANNOUNCEMENTS, PunctuationType.WALL_CLOCK_TIME, this::announce);
  }

  @Override
  void accept(String topic, byte @Nullable [] value, long timestampMillis) throws BrokenBlock {
    SliStage stage = stage();
    ByteString bytes = Blocks.wrap(value);
    var block = Blocks.observations(bytes);
    stage.objectives(shared.objectives().get());
    Minutes minutes = new Minutes(timestampMillis);
    stage.accept(block, bytes, minutes);
    if (block.getOriginCount() > 0) {
      endToEnd.add(timestampMillis);
    }
    minutes.send();
  }

  /** States first, then up to when they tell everything. */
  private void announce(long nowMillis) {
    if (!announcing.isDue(nowMillis)) {
      return;
    }
    SliStage stage = stage();
    DegradedStore told = degraded();
    News news = stage.takeUnannounced();
    long watermarkMillis = stage.watermarkMillis();
    announcing.told(news.subjects().size(), nowMillis);
    for (SubjectSnapshot subject : news.subjects()) {
      String key = key(subject.key());
      byte[] state = states.encode(subject);
      sendState(key, state, nowMillis);
      if (told.isTold(key) || SubjectStates.isDegraded(subject)) {
        told.check(key, parsed(state), Math.max(0, watermarkMillis))
            .forEach(crossing -> sendCrossing(crossing, nowMillis));
      }
    }
    for (SubjectKey gone : news.forgotten()) {
      sendState(key(gone), null, nowMillis);
      told.forget(key(gone));
    }
    if (watermarkMillis > announcedMillis) {
      announcedMillis = watermarkMillis;
      SubjectState progress =
          SubjectState.newBuilder().addProgress(progress(watermarkMillis)).build();
      sendState(PROGRESS_KEY + partition(), progress.toByteArray(), nowMillis);
    }
  }

  private void sendState(String key, byte @Nullable [] value, long nowMillis) {
    send(
        AnalyzerTopology.SUBJECTS_SINK,
        Route.keyed(partition(), key.getBytes(StandardCharsets.UTF_8)),
        value,
        nowMillis);
  }

  private void sendCrossing(DegradeCheck crossing, long nowMillis) {
    send(
        AnalyzerTopology.DECISIONS_SINK,
        Route.keyed(partition(), crossing.key()),
        crossing.toJson().getBytes(StandardCharsets.UTF_8),
        nowMillis);
  }

  private static String key(SubjectKey subject) {
    return subject.service()
        + KEY_SEPARATOR
        + subject.version()
        + KEY_SEPARATOR
        + subject.goPackage();
  }

  private Progress progress(long throughMillis) {
    return Progress.newBuilder()
        .setTopic(Topics.OBSERVATIONS)
        .setPartition(partition())
        .setPartitions(shared.settings().partitions())
        .setThroughMillis(throughMillis)
        .build();
  }

  /** What is left out is shown after another commit: announcements cause one every second. */
  private void publish() {
    long nowMillis = context().currentSystemTimeMs();
    if (!publishing.isDue(nowMillis)) {
      return;
    }
    SliStage stage = stage();
    News news = stage.takeUnexported();
    publishing.told(news.subjects().size(), nowMillis);
    committed.publish(news, stage.watermarkMillis());
    // Not before: who sees the watermark pass a time has seen the counts up to it.
    gauges().set(stage.watermarkMillis(), stage.subjects());
    endToEnd.committed();
  }

  private static SubjectState parsed(byte[] state) {
    try {
      return SubjectState.parseFrom(state);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a state that was just written cannot be read", e);
    }
  }

  private DegradedStore degraded() {
    if (degraded == null) {
      throw new IllegalStateException("not initialised");
    }
    return degraded;
  }

  private SliStage stage() {
    if (stage == null) {
      throw new IllegalStateException("not initialised");
    }
    return stage;
  }

  @Override
  public void close() {
    shared.commits().remove(afterCommit);
    shared.committed().hide(partition(), committed);
    super.close();
  }

  /** Closed minutes on their way to the topic, in blocks of bounded size. */
  private final class Minutes implements SliOutput {
    private static final int MAX_BUCKETS = 500;

    private final long timestampMillis;
    private SliBlock.Builder block = SliBlock.newBuilder();

    Minutes(long timestampMillis) {
      this.timestampMillis = timestampMillis;
    }

    @Override
    public void bucket(SliBucket bucket) {
      block.addBucket(bucket);
      if (block.getBucketCount() >= MAX_BUCKETS) {
        send();
      }
    }

    @Override
    public void closedThrough(long epochMillis) {
      block.addProgress(progress(epochMillis));
    }

    void send() {
      if (block.getBucketCount() > 0 || block.getProgressCount() > 0) {
        WindowProcessor.this.send(
            AnalyzerTopology.SLIS_SINK,
            Route.block(partition()),
            block.build().toByteArray(),
            timestampMillis);
        block = SliBlock.newBuilder();
      }
    }
  }
}
