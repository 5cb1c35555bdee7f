// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.util.Locale;

/** Kinds of spans, as OpenTelemetry has them. */
public enum SpanKind {
  INTERNAL(1),
  SERVER(2),
  CLIENT(3),
  PRODUCER(4),
  CONSUMER(5);

  private final int otlp;

  SpanKind(int otlp) {
    this.otlp = otlp;
  }

  /** Number in OTLP. */
  public int otlp() {
    return otlp;
  }

  /** How it is spelled in a file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
