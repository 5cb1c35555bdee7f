// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts;

import io.opentelemetry.api.trace.TracerProvider;
import io.pkgslo.alerts.gate.ViewConsumer;
import io.pkgslo.alerts.ledger.LedgerReader;
import io.pkgslo.alerts.objective.ObjectivePublisher;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.rollout.JudgeCounters;
import io.pkgslo.alerts.rollout.OrderPublisher;
import io.pkgslo.alerts.rollout.RolloutObjectives;
import io.pkgslo.alerts.rollout.RolloutRules;
import io.pkgslo.alerts.rollout.RolloutTopology;
import io.pkgslo.platform.Closing;
import io.pkgslo.platform.ReaderAccounts;
import io.pkgslo.platform.StartAttempts;
import io.pkgslo.platform.ThreadFailures;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicPlan;
import io.pkgslo.platform.TopicSpec;
import io.pkgslo.platform.streams.LateStreams;
import io.pkgslo.platform.streams.RecordAccounts;
import io.pkgslo.platform.streams.StreamsClients;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The service alerts from top to bottom: topics, objectives out, closed buckets in, verdicts out,
 * and the view that every gate answers from. {@link #start} once, {@link #close} once.
 */
public final class AlertsPipeline implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(AlertsPipeline.class);
  private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(30);

  /** With what is closed besides, less than 10 s, also where no broker answers. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(6);

  private static final int TRANSACTION_TIMEOUT_MILLIS = 10_000;

  /** How long the tasks of an instance that was killed stand still. */
  private static final int SESSION_TIMEOUT_MILLIS = 10_000;

  private final AlertsSettings settings;
  private final Clock clock;
  private final AtomicReference<RolloutObjectives> objectives;
  private final ViewConsumer view;
  private final LedgerReader ledger;
  private final OrderPublisher orders;
  private final RolloutTopology topology;
  private final LateStreams streams;
  private final ThreadFailures failures;
  private final StartAttempts attempts = new StartAttempts();
  private final AtomicReference<@Nullable String> startFailure = new AtomicReference<>();
  private final AtomicReference<@Nullable String> waitsFor;
  private @Nullable Thread starter;

  public AlertsPipeline(AlertsSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.waitsFor =
        new AtomicReference<>("no answer yet of Kafka at " + settings.kafka().bootstrapServers());
    this.objectives = new AtomicReference<>(new RolloutObjectives(settings.objectives()));
    this.view = new ViewConsumer(settings.kafka(), clock, () -> counters().unreadableState());
    this.ledger = new LedgerReader(settings.kafka(), clock, () -> counters().unreadableDecision());
    this.orders = new OrderPublisher(settings.kafka(), settings.partitions());
    this.topology = new RolloutTopology(settings.partitions(), rules(), settings.cdEventsTopic());
    this.failures = new ThreadFailures("alerts", ProcessorStateException.class, clock);
    this.streams = new LateStreams(this::makeStreams);
  }

  private KafkaStreams makeStreams() {
    KafkaStreams made =
        new KafkaStreams(
            topology.build(),
            settings.kafka().with(streamsSettings()),
            new StreamsClients(
                "alerts", topology.commits(), TracerProvider.noop().get("io.pkgslo")));
    made.setUncaughtExceptionHandler(
        failure ->
            failures.allowsAnother(failure)
                ? StreamThreadExceptionResponse.REPLACE_THREAD
                : StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    return made;
  }

  /**
   * Creates what is missing and begins to judge by the objectives of the settings, as soon as Kafka
   * answers; does not wait for that.
   *
   * @param beforeJudging is called once Kafka answers and before the first verdict
   */
  public void start(Runnable beforeJudging) {
    start(settings::objectives, beforeJudging);
  }

  /**
   * Likewise, by objectives that may be asked of Kafka.
   *
   * @param first is called when the topics are there, and again when it throws what may pass
   */
  public void start(Supplier<List<Slo>> first, Runnable beforeJudging) {
    starter = new Thread(() -> startStreams(first, beforeJudging), "pkgslo-alerts-start");
    starter.setDaemon(true);
    starter.start();
  }

  private void startStreams(Supplier<List<Slo>> first, Runnable beforeJudging) {
    try {
      attempts.run(() -> prepare(first), waitsFor::set);
      view.start();
      ledger.start();
      beforeJudging.run();
      waitsFor.set(null);
      streams.start();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      startFailure.set("alerts did not start: " + e);
      LOG.error("alerts did not start", e);
    }
  }

  private void prepare(Supplier<List<Slo>> first) {
    new TopicAdmin(settings.kafka(), KAFKA_TIMEOUT).ensure(topics());
    List<Slo> slos = first.get();
    new ObjectivePublisher(settings.kafka(), settings.buckets(), clock).publish(slos);
    update(slos);
  }

  /**
   * Rollouts that open from now on are tested for {@code slos}; those that are open keep theirs.
   */
  public void update(List<Slo> slos) {
    objectives.set(new RolloutObjectives(slos));
  }

  /** What every gate answers from. */
  public ViewConsumer view() {
    return view;
  }

  /** What answers questions about decisions. */
  public LedgerReader ledger() {
    return ledger;
  }

  /** Where orders and markers go. */
  public OrderPublisher orders() {
    return orders;
  }

  /** What was left out of judging. */
  public JudgeCounters counters() {
    return topology.counters();
  }

  /** What became of the records that were read to be judged. */
  public RecordAccounts accounts() {
    return topology.accounts();
  }

  /** What became of the records that answers are made of, and that crashes are told from. */
  public List<ReaderAccounts> readers() {
    return List.of(view.accounts(), ledger.accounts(), topology.crashes());
  }

  /** Why nothing is judged at the moment; null while all is well. It goes on by itself. */
  public @Nullable String waitsFor() {
    String preparation = waitsFor.get();
    if (preparation != null) {
      return preparation;
    }
    String reader = view.waitsFor();
    if (reader != null) {
      return reader;
    }
    return isRunning() ? ledger.waitsFor() : "tasks are " + streams.state() + because();
  }

  private String because() {
    String cause = failures.lastCause();
    return cause == null ? "" : "; the last failure was " + cause;
  }

  /** Why nothing is judged any more, so that only a restart helps; null while there is hope. */
  public @Nullable String failure() {
    String start = startFailure.get();
    if (start != null) {
      return start;
    }
    if (streams.state() == KafkaStreams.State.ERROR) {
      return "judging has stopped: " + failures.lastCause();
    }
    String failure = view.failure();
    return failure == null ? ledger.failure() : failure;
  }

  /** True once looks are being read. */
  public boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  @Override
  public void close() {
    attempts.close();
    if (starter != null) {
      starter.interrupt();
    }
    Closing.together(this::closeStreams, orders::close, ledger::close, view::close);
  }

  /** Without leaving, the others would wait for a session to end before they take over. */
  private void closeStreams() {
    streams.close(
        made ->
            made.close(
                CloseOptions.timeout(CLOSE_TIMEOUT)
                    .withGroupMembershipOperation(
                        CloseOptions.GroupMembershipOperation.LEAVE_GROUP)));
  }

  private List<TopicSpec> topics() {
    List<TopicSpec> topics = new ArrayList<>(TopicPlan.of(settings.partitions()));
    String cdEvents = settings.cdEventsTopic();
    if (cdEvents != null) {
      topics.add(new TopicSpec(cdEvents, 0, Map.of()));
    }
    return topics;
  }

  private RolloutRules rules() {
    return new RolloutRules(settings.rollouts(), objectives::get, view.budgets());
  }

  private Map<String, Object> streamsSettings() {
    Map<String, Object> own = new HashMap<>();
    own.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    own.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    own.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
    own.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    // A record of the ledger holds up to an hour of looks over all packages of a service.
    own.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        TopicSpec.LARGEST_RECORD_BYTES);
    own.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        TopicSpec.LARGEST_RECORD_BYTES);
    own.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    own.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        SESSION_TIMEOUT_MILLIS);
    own.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        TRANSACTION_TIMEOUT_MILLIS);
    return own;
  }
}
