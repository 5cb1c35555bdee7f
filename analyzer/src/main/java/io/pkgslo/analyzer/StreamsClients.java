// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** The usual clients of Kafka Streams, with a producer that tells of its commits. */
final class StreamsClients implements KafkaClientSupplier {
  private final CommitListeners commits;
  private final Tracer tracer;

  StreamsClients(CommitListeners commits, Tracer tracer) {
    this.commits = commits;
    this.tracer = tracer;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new TellingProducer(config, commits, tracer);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A producer whose successful commits are told, on the thread that made them. */
  private static final class TellingProducer extends KafkaProducer<byte[], byte[]> {
    private final CommitListeners commits;
    private final Tracer tracer;

    TellingProducer(Map<String, Object> config, CommitListeners commits, Tracer tracer) {
      super(config, new ByteArraySerializer(), new ByteArraySerializer());
      this.commits = commits;
      this.tracer = tracer;
    }

    @Override
    public void commitTransaction() {
      Span span = tracer.spanBuilder("analyzer commit").startSpan();
      try {
        super.commitTransaction();
      } catch (RuntimeException e) {
        span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
        throw e;
      } finally {
        span.end();
      }
      commits.committed();
    }
  }
}
