// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.http;

import io.pkgslo.alerts.gate.access.Refusal;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.util.Collection;

/** What the gates say about themselves. Thread-safe. */
public final class GateMeters {
  /** Answers come from memory: below a millisecond, and 0.1 s is too long. */
  private static final double[] SECONDS = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 1};

  private final Counter refused;
  private final Counter failed;
  private final Histogram seconds;

  /**
   * Registers all series with their known label values at 0.
   *
   * @param gates names of all gates
   */
  public GateMeters(CollectorRegistry registry, Collection<String> gates) {
    refused =
        Counter.build(
                "pkgslo_gate_requests_refused", "Requests that were refused, see the audit log.")
            .labelNames("reason")
            .register(registry);
    failed =
        Counter.build("pkgslo_gate_failures", "Requests answered with 503.")
            .labelNames("gate")
            .register(registry);
    seconds =
        Histogram.build("pkgslo_gate_request_seconds", "From a whole request to its answer.")
            .labelNames("gate")
            .buckets(SECONDS)
            .register(registry);
    for (Refusal reason : Refusal.values()) {
      refused.labels(reason.label());
    }
    for (String gate : gates) {
      failed.labels(gate);
      seconds.labels(gate);
    }
  }

  void refused(Refusal reason) {
    refused.labels(reason.label()).inc();
  }

  void failed(String gate) {
    failed.labels(gate).inc();
  }

  /** Measures until its end. */
  Timer begin(String gate) {
    return new Timer(seconds.labels(gate).startTimer());
  }

  /** One answer on its way. */
  record Timer(Histogram.Timer running) {
    void end() {
      running.observeDuration();
    }
  }
}
