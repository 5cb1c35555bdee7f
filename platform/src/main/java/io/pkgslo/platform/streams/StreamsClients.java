// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform.streams;

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
public final class StreamsClients implements KafkaClientSupplier {
  private final String service;
  private final CommitListeners commits;
  private final Tracer tracer;

  /**
   * @param service whose commits they are, for the names of their spans
   * @param tracer takes a span per commit
   */
  public StreamsClients(String service, CommitListeners commits, Tracer tracer) {
    this.service = service;
    this.commits = commits;
    this.tracer = tracer;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new TellingProducer(config, service + " commit", commits, tracer);
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
    private final String span;
    private final CommitListeners commits;
    private final Tracer tracer;

    TellingProducer(
        Map<String, Object> config, String span, CommitListeners commits, Tracer tracer) {
      super(config, new ByteArraySerializer(), new ByteArraySerializer());
      this.span = span;
      this.commits = commits;
      this.tracer = tracer;
    }

    @Override
    public void commitTransaction() {
      Span commit = tracer.spanBuilder(span).startSpan();
      try {
        super.commitTransaction();
      } catch (RuntimeException e) {
        commit.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
        throw e;
      } finally {
        commit.end();
      }
      commits.committed();
    }
  }
}
