// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * CDEvents on Kafka, in binary or structured mode, become orders. What is no CDEvent about a
 * service is counted and left out: the topic is the user's, and holds what its tools say to each
 * other.
 */
final class CdEventProcessor implements Processor<byte[], byte[], String, byte[]> {
  private static final Logger LOG = Logger.getLogger(CdEventProcessor.class);
  private static final String UNKNOWN_SOURCE = "cdevents";

  private final JudgeCounters counters;
  private ProcessorContext<String, byte[]> context;

  @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
  CdEventProcessor(JudgeCounters counters) {
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> newContext) {
    context = newContext;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    try {
      byte[] body = record.value() == null ? new byte[0] : record.value();
      CdEvents.Event event =
          CdEvents.parse(body, header(record, "ce_type"), header(record, "ce_id"));
      Order.Deployment deployment = event.deployment();
      if (deployment != null) {
        String who = event.source() == null ? UNKNOWN_SOURCE : event.source();
        Order order =
            Order.ofDeployment(event.id(), deployment, who, event.reason(), record.timestamp());
        context.forward(
            new Record<>(order.service(), OrderCodec.encode(order), record.timestamp()));
      }
    } catch (IllegalArgumentException e) {
      counters.unreadableEvent();
      LOG.debugf("a record is no deploy marker: %s", e.getMessage());
    }
  }

  private static @Nullable String header(Record<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
