// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

  /** The kind that is spelled so in a file; null when there is none. */
  public static @Nullable SpanKind named(String word) {
    for (SpanKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    return null;
  }

  /** How it is spelled in a file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
