// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import io.pkgslo.ingest.attribute.FactSink;
import io.pkgslo.ingest.publish.FactBuffers;
import io.pkgslo.platform.KafkaSettings;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jboss.logging.Logger;

/**
 * The consuming threads of one instance. They share nothing but the meters: each has its own
 * consumer, producer, decoders and buffers.
 *
 * <p>{@link #health} may be called from any thread.
 */
public final class IngestWorkers implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(IngestWorkers.class);

  /** A worker finishes its transaction, which the timeouts of its clients bound. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(7);

  private final RecordSettings settings;
  private final KafkaSettings kafka;
  private final TopicPreparation topics;
  private final Runnable beforeReading;
  private final IngestMeters meters;
  private final Clock clock;
  private final List<IngestWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param handlers makes the handler of a worker, given where its facts go
   * @param beforeReading called on the worker's thread when the topics are there; may wait, and
   *     fail as Kafka does
   */
  public IngestWorkers(
      RecordSettings settings,
      KafkaSettings kafka,
      IngestMeters meters,
      Clock clock,
      Function<FactSink, RecordHandler> handlers,
      Runnable beforeReading) {
    this.beforeReading = beforeReading;
    this.settings = settings;
    this.kafka = kafka;
    this.topics = new TopicPreparation(kafka, settings.partitions());
    this.meters = meters;
    this.clock = clock;
    for (int i = 0; i < settings.workers(); i++) {
      workers.add(worker(i, handlers));
    }
  }

  private IngestWorker worker(int number, Function<FactSink, RecordHandler> handlers) {
    FactBuffers facts = new FactBuffers(settings.partitions());
    Properties producer = ClientSettings.producer(kafka, settings.transactionalId() + "-" + number);
    return new IngestWorker(
        this::source,
        new TransactionWriter(() -> new KafkaProducer<>(producer)),
        handlers.apply(facts),
        facts,
        meters,
        clock,
        settings.attempts());
  }

  /** Topics first: a consumer of missing topics would notice them late. */
  private SourceReader source() {
    topics.ensure();
    beforeReading.run();
    Properties consumer = ClientSettings.consumer(kafka, settings.group());
    return new SourceReader(
        new KafkaConsumer<byte[], ByteBuffer>(consumer),
        clock,
        meters,
        settings.progressInterval());
  }

  /** Starts reading; does not wait for the brokers. */
  public void start() {
    for (int i = 0; i < workers.size(); i++) {
      Thread thread = new Thread(workers.get(i), "pkgslo-ingest-" + i);
      thread.setUncaughtExceptionHandler(
          (dead, fault) -> LOG.errorf("%s is dead: %s", dead.getName(), fault));
      threads.add(thread);
      thread.start();
    }
  }

  /** The worst of all workers. */
  public IngestHealth health() {
    IngestHealth worst = workers.get(0).health();
    for (IngestWorker worker : workers) {
      worst = worst.and(worker.health());
    }
    return worst;
  }

  /** Lets every worker finish its transaction; at most ten seconds. */
  @Override
  public void close() {
    workers.forEach(IngestWorker::stop);
    long deadlineMillis = clock.millis() + CLOSE_TIMEOUT.toMillis();
    try {
      for (Thread thread : threads) {
        thread.join(Math.max(1, deadlineMillis - clock.millis()));
        if (thread.isAlive()) {
          LOG.warnf("%s did not finish in time; its transaction will be aborted", thread.getName());
          thread.interrupt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
