// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.pkgslo.analyzer.correlate.CorrelateDrop;
import io.pkgslo.analyzer.correlate.RecentErrors;
import io.pkgslo.analyzer.export.CommittedSubjects;
import io.pkgslo.analyzer.export.EndToEnd;
import io.pkgslo.analyzer.export.StageMeters;
import io.pkgslo.analyzer.export.SubjectCollector;
import io.pkgslo.analyzer.sli.SliDrop;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.StartAttempts;
import io.pkgslo.platform.StreamedMetrics;
import io.pkgslo.platform.ThreadFailures;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicPlan;
import io.pkgslo.platform.TopicSpec;
import io.pkgslo.platform.streams.CommitListeners;
import io.pkgslo.platform.streams.LateStreams;
import io.pkgslo.platform.streams.RecordAccounts;
import io.pkgslo.platform.streams.StreamsClients;
import io.prometheus.client.Collector;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The service analyzer from top to bottom: topics, objectives in, facts in, observations correlated
 * and counted, closed minutes and states of subjects out, series shown. {@link #start} once, {@link
 * #close} once.
 */
public final class AnalyzerPipeline implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(AnalyzerPipeline.class);
  private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(10);

  /** With what is closed besides, less than 10 s, also where no broker answers. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(6);

  private static final int TRANSACTION_TIMEOUT_MILLIS = 10_000;

  /** How long an instance that is gone keeps its partitions from the others. */
  private static final int SESSION_TIMEOUT_MILLIS = 10_000;

  /**
   * The records of subjects are small and many: with Kafka's 16 KiB every few of them would start a
   * compressor of their own, which costs more than the compressing.
   */
  private static final int BATCH_BYTES = 128 << 10;

  private static final int ERROR_PACKAGES = 1_000;
  private static final int ERRORS_PER_PACKAGE = 5;

  private final AnalyzerSettings settings;
  private final StageMeters meters;
  private final RecordAccounts accounts;
  private final EndToEnd endToEnd;
  private final RestoreMeters restore;
  private final SubjectCollector subjects;
  private final RecentErrors recentErrors = new RecentErrors(ERROR_PACKAGES, ERRORS_PER_PACKAGE);
  private final ObjectiveStore objectives;
  private final LateStreams streams;
  private final ThreadFailures failures;
  private final StartAttempts attempts = new StartAttempts();
  private final Thread starter;
  private final AtomicReference<@Nullable String> startFailure = new AtomicReference<>();
  private final AtomicReference<@Nullable String> notPrepared = new AtomicReference<>();

  /** An analyzer without traces of its work. */
  public AnalyzerPipeline(AnalyzerSettings settings, Clock clock) {
    this(settings, clock, TracerProvider.noop().get("io.pkgslo"));
  }

  /**
   * An analyzer that does not work yet.
   *
   * @param tracer takes a span per commit
   */
  public AnalyzerPipeline(AnalyzerSettings settings, Clock clock, Tracer tracer) {
    this.settings = settings;
    this.meters = new StageMeters(clock, reasons());
    this.accounts = new RecordAccounts("analyzer", topics());
    this.endToEnd = new EndToEnd(clock);
    this.restore = new RestoreMeters(settings.streams().directory());
    this.objectives =
        new ObjectiveStore(
            settings.kafka(),
            settings.maxObjectives(),
            meters,
            new ThrottledDrops(meters, clock, LOG::warn),
            accounts);
    this.failures = new ThreadFailures("analyzer", ProcessorStateException.class, clock);
    CommittedSubjects committed = new CommittedSubjects();
    this.subjects = new SubjectCollector(committed, objectives::objectives);
    CommitListeners commits = new CommitListeners();
    AnalyzerContext shared =
        new AnalyzerContext(
            settings,
            commits,
            committed,
            meters,
            accounts,
            endToEnd,
            recentErrors,
            objectives::objectives);
    this.streams = new LateStreams(() -> makeStreams(shared, clock, tracer));
    this.starter = new Thread(this::startStreams, "pkgslo-analyzer-start");
    starter.setDaemon(true);
  }

  private KafkaStreams makeStreams(AnalyzerContext shared, Clock clock, Tracer tracer) {
    KafkaStreams made =
        new KafkaStreams(
            AnalyzerTopology.of(shared, clock),
            settings.kafka().with(streamsSettings(settings)),
            new StreamsClients("analyzer", shared.commits(), tracer));
    made.setUncaughtExceptionHandler(
        failure ->
            failures.allowsAnother(failure)
                ? StreamThreadExceptionResponse.REPLACE_THREAD
                : StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    made.setGlobalStateRestoreListener(restore);
    return made;
  }

  private static List<String> topics() {
    return List.of(Topics.SPANS, Topics.LOGS, Topics.PROCESS, Topics.PANICS, Topics.OBSERVATIONS);
  }

  private static List<String> reasons() {
    return Stream.concat(
            Arrays.stream(CorrelateDrop.values()).map(CorrelateDrop::label),
            Arrays.stream(SliDrop.values()).map(SliDrop::reason))
        .toList();
  }

  /**
   * Creates what is missing and begins to count, as soon as Kafka answers and objectives are known;
   * does not wait for that.
   */
  public void start() {
    starter.start();
  }

  private void startStreams() {
    try {
      TopicAdmin admin = new TopicAdmin(settings.kafka(), KAFKA_TIMEOUT);
      attempts.run(() -> admin.ensure(TopicPlan.of(settings.partitions())), notPrepared::set);
      notPrepared.set(null);
      objectives.start();
      objectives.await(settings.awaitObjectives());
      streams.start();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      startFailure.set("the analyzer did not start: " + e);
      LOG.error("the analyzer did not start", e);
    }
  }

  /** Series of subjects and objectives, to be streamed: they may be a million. */
  public StreamedMetrics streamed() {
    return subjects;
  }

  /** Our own series. */
  public List<Collector> meters() {
    return List.of(meters, accounts, endToEnd.collector(), restore);
  }

  /** All of them as collectors, for a registry that is small. */
  public List<Collector> collectors() {
    return Stream.concat(Stream.of(subjects), meters().stream()).toList();
  }

  /** The last error logs of packages, as far as this instance saw them. */
  public RecentErrors recentErrors() {
    return recentErrors;
  }

  /** True once every task of this instance works. */
  public boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /** Why nothing is counted any more, so that only a restart helps; null while there is hope. */
  public @Nullable String failure() {
    String start = startFailure.get();
    if (start != null) {
      return start;
    }
    return streams.state() == KafkaStreams.State.ERROR
        ? "counting has stopped: " + failures.lastCause()
        : null;
  }

  /** Why nothing is counted at the moment; null while all is well. It goes on by itself. */
  public @Nullable String waitsFor() {
    String preparation = notPrepared.get();
    if (preparation != null) {
      return preparation;
    }
    String reading = objectives.failure();
    return reading != null || isRunning() ? reading : "tasks are " + streams.state() + because();
  }

  private String because() {
    String cause = failures.lastCause();
    return cause == null ? "" : "; the last failure was " + cause;
  }

  /** Finishes the transaction in progress; less than 10 s. */
  @Override
  public void close() {
    attempts.close();
    starter.interrupt();
    streams.close(made -> made.close(CLOSE_TIMEOUT));
    objectives.close();
  }

  private static Map<String, Object> streamsSettings(AnalyzerSettings settings) {
    Map<String, Object> own = new HashMap<>();
    own.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.streams().applicationId());
    own.put(StreamsConfig.STATE_DIR_CONFIG, settings.streams().directory().toString());
    own.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.streams().threads());
    own.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.streams().standbys());
    own.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    own.put(
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.streams().commitInterval().toMillis());
    own.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    own.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallRocks.class);
    own.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    own.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        SESSION_TIMEOUT_MILLIS);
    own.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        InstanceId.of(settings.streams().directory()));
    own.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        TRANSACTION_TIMEOUT_MILLIS);
    own.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    own.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
    // Much may settle with one block, after a lag: a record that is refused would be tried for
    // ever.
    own.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        TopicSpec.LARGEST_RECORD_BYTES);
    own.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(TopicSpec.LARGEST_RECORD_BYTES));
    return own;
  }
}
