// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.otlp;

import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.standalone.otlp.OtlpRejection.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/**
 * Takes bodies and completes when Kafka has them. Thread-safe.
 *
 * <p>Unpacking and the producer, which blocks while it has no metadata or no room, run on a few
 * workers. The bytes of all requests under way are bounded; beyond the bound a sender is asked to
 * come back.
 */
final class OtlpSink implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(OtlpSink.class);
  private static final int WORKERS = 4;
  private static final long MAX_BYTES_UNDER_WAY = 64L << 20;
  private static final int BLOCK_MILLIS = 5_000;
  private static final int DELIVERY_MILLIS = 10_000;
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(15);

  private final KafkaProducer<byte[], byte[]> producer;
  private final WorkerExecutor workers;
  private final OtlpSplitter splitter = new OtlpSplitter(OtlpSplitter.MAX_RECORD_BYTES);
  private final int maxBodyBytes;
  private final AtomicLong bytesUnderWay = new AtomicLong();

  OtlpSink(Vertx vertx, KafkaSettings kafka, int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
    this.producer =
        new KafkaProducer<>(
            kafka.with(
                Map.of(
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    true,
                    ProducerConfig.LINGER_MS_CONFIG,
                    5,
                    ProducerConfig.COMPRESSION_TYPE_CONFIG,
                    "lz4",
                    ProducerConfig.MAX_BLOCK_MS_CONFIG,
                    BLOCK_MILLIS,
                    ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    BLOCK_MILLIS,
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                    DELIVERY_MILLIS)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.workers = vertx.createSharedWorkerExecutor("otlp-to-kafka", WORKERS);
  }

  /** Largest body, packed and unpacked. */
  int maxBodyBytes() {
    return maxBodyBytes;
  }

  /**
   * Writes a body; fails with an {@link OtlpRejection}.
   *
   * @param gzip whether the body is packed
   */
  Future<Void> accept(OtlpSignal signal, PayloadEncoding encoding, boolean gzip, byte[] body) {
    // What it unpacks to is not known yet; the worst case is, and counts.
    long claimed = gzip ? body.length + (long) maxBodyBytes : body.length;
    if (bytesUnderWay.addAndGet(claimed) > MAX_BYTES_UNDER_WAY) {
      bytesUnderWay.addAndGet(-claimed);
      return Future.failedFuture(
          new OtlpRejection(Reason.OVERLOADED, "too many bytes under way; try again later"));
    }
    return workers
        .executeBlocking(() -> submit(signal, encoding, gzip, body), false)
        .compose(sent -> sent)
        .onFailure(OtlpSink::logUnexpected)
        .onComplete(done -> bytesUnderWay.addAndGet(-claimed));
  }

  private Future<Void> submit(
      OtlpSignal signal, PayloadEncoding encoding, boolean gzip, byte[] body) throws OtlpRejection {
    byte[] plain = gzip ? Gunzip.unpack(body, maxBodyBytes) : body;
    return send(signal.topic(), splitter.split(signal, encoding, plain));
  }

  private Future<Void> send(String topic, List<byte[]> values) {
    if (values.isEmpty()) {
      return Future.succeededFuture();
    }
    Promise<Void> acknowledged = Promise.promise();
    AtomicInteger open = new AtomicInteger(values.size());
    for (byte[] value : values) {
      try {
        java.util.concurrent.Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(topic, value),
                (metadata, failure) -> {
                  if (failure != null) {
                    acknowledged.tryFail(unavailable(failure));
                  } else if (open.decrementAndGet() == 0) {
                    acknowledged.tryComplete();
                  }
                });
      } catch (RuntimeException e) {
        acknowledged.tryFail(unavailable(e));
        break;
      }
    }
    return acknowledged.future();
  }

  private static OtlpRejection unavailable(Exception failure) {
    LOG.debugf(failure, "Kafka did not take an OTLP request");
    return new OtlpRejection(
        Reason.KAFKA_UNAVAILABLE, "Kafka does not take records right now; try again later");
  }

  private static void logUnexpected(Throwable failure) {
    if (!(failure instanceof OtlpRejection)) {
      LOG.error("an OTLP request was not handled", failure);
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_WITHIN);
    workers.close();
  }
}
