// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.otlp;

import io.pkgslo.standalone.otlp.OtlpRejection.Reason;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What became of the requests of senders: received = forwarded + refused + in flight. A request is
 * forwarded when all that it holds stands on Kafka, whether or not its sender still hears of it.
 * Thread-safe.
 */
public final class OtlpMeters {
  private final Counter received;
  private final Counter forwarded;
  private final Counter refused;
  private final Gauge inFlight;

  /** Registers all series with their known label values at 0. */
  public OtlpMeters(CollectorRegistry registry) {
    received =
        Counter.build("pkgslo_otlp_requests_received", "OTLP requests that began to arrive.")
            .labelNames("protocol")
            .register(registry);
    forwarded =
        Counter.build("pkgslo_otlp_requests_forwarded", "Of these, the ones that are on Kafka.")
            .labelNames("protocol")
            .register(registry);
    refused =
        Counter.build("pkgslo_otlp_requests_refused", "Of these, the ones that are not.")
            .labelNames("protocol", "reason")
            .register(registry);
    inFlight =
        Gauge.build("pkgslo_otlp_requests_in_flight", "Of these, the ones that are under way.")
            .labelNames("protocol")
            .register(registry);
    for (Protocol protocol : Protocol.values()) {
      received.labels(protocol.label);
      forwarded.labels(protocol.label);
      inFlight.labels(protocol.label);
      for (Reason reason : Reason.values()) {
        refused.labels(protocol.label, reason.label());
      }
    }
  }

  /** How a request came. */
  enum Protocol {
    HTTP("http"),
    GRPC("grpc");

    private final String label;

    Protocol(String label) {
      this.label = label;
    }
  }

  /** A request begins to arrive. */
  Request begin(Protocol protocol) {
    received.labels(protocol.label).inc();
    inFlight.labels(protocol.label).inc();
    return new Request(protocol);
  }

  /** One request: whatever is told of it first is what became of it. */
  final class Request {
    private final Protocol protocol;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Request(Protocol protocol) {
      this.protocol = protocol;
    }

    void forwarded() {
      if (open.compareAndSet(true, false)) {
        forwarded.labels(protocol.label).inc();
        inFlight.labels(protocol.label).dec();
      }
    }

    void refused(Reason reason) {
      if (open.compareAndSet(true, false)) {
        refused.labels(protocol.label, reason.label()).inc();
        inFlight.labels(protocol.label).dec();
      }
    }
  }
}
