// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.ingest.decode.SpanView;
import io.pkgslo.model.FixedPoint;
import java.util.OptionalDouble;

/**
 * How many calls a span stands for (reference: go-telemetry.md 7). In falling precedence: {@code
 * th} of the tracestate, {@code p}, Elastic's {@code s}, the attributes of samplers, the configured
 * ratio of the service. What speaks of sampling but gives no usable weight is {@link #UNKNOWN}.
 * Mutable, single-threaded.
 */
final class SamplingWeight {
  /** No one says how many: it counts as one and is marked. */
  static final long UNKNOWN = -1;

  /** Larger weights than 2^32 are a fault of the sender's; sums of them would overflow. */
  private static final long LIMIT = FixedPoint.ONE << 32;

  private static final byte[] OPEN_TELEMETRY = TraceState.name("ot");
  private static final byte[] ELASTIC = TraceState.name("es");
  private static final byte[] TH = TraceState.name("th:");
  private static final byte[] RV = TraceState.name("rv:");
  private static final byte[] P = TraceState.name("p:");
  private static final byte[] R = TraceState.name("r:");
  private static final byte[] S = TraceState.name("s:");

  /** p = 63 means probability zero. */
  private static final int P_ZERO = 63;

  private static final int MAX_R = 62;

  private static final Key[] HONEYCOMB = {Key.SAMPLE_RATE_HONEYCOMB, Key.SAMPLE_RATE_CAMEL};
  private static final Key[] RATES = {Key.SAMPLING_RATE, Key.SAMPLE_RATE};

  /** All that may say it in attributes. */
  private static final long ANY =
      Key.setOf(
          Key.ADJUSTED_COUNT,
          Key.SAMPLE_RATE_HONEYCOMB,
          Key.SAMPLE_RATE_CAMEL,
          Key.SAMPLING_RATE,
          Key.SAMPLE_RATE,
          Key.JAEGER_SAMPLER_TYPE,
          Key.SAMPLER_TYPE);

  /** Not said here. */
  private static final long SILENT = -2;

  private final SamplingRules rules;
  private final TraceState traceState = new TraceState();
  private final Threshold threshold = new Threshold();

  SamplingWeight(SamplingRules rules) {
    this.rules = rules;
  }

  /** Units of 2^-20, or {@link #UNKNOWN}. */
  long of(SpanView span, String service) {
    long weight = ofTraceState(span.traceState(), span.traceIdLow());
    if (weight == SILENT && span.attributes().mayHaveAny(ANY)) {
      weight = ofAttributes(span.attributes());
    }
    if (weight == SILENT) {
      weight = ofService(service);
    }
    return weight;
  }

  /** The weight that a log sampler left in the attributes, else one. */
  long ofLog(AttributesView log) {
    Slice digits = log.text(Key.SAMPLING_THRESHOLD.id());
    if (digits == null) {
      return FixedPoint.ONE;
    }
    long t = Threshold.parse(digits);
    return t == Threshold.INVALID ? UNKNOWN : bounded(threshold.weight(t, Long.MAX_VALUE));
  }

  private long ofTraceState(Slice text, long traceIdLow) {
    if (text.isEmpty()) {
      return SILENT;
    }
    if (traceState.moveTo(text, OPEN_TELEMETRY)) {
      if (traceState.has(TH)) {
        return ofThreshold(traceIdLow);
      }
      if (traceState.has(P)) {
        return ofPower();
      }
    }
    if (traceState.moveTo(text, ELASTIC) && traceState.has(S)) {
      OptionalDouble ratio = decimal(traceState.field(S));
      return ratio.isEmpty() ? UNKNOWN : ofRatio(ratio.getAsDouble());
    }
    return SILENT;
  }

  private long ofThreshold(long traceIdLow) {
    long t = Threshold.parse(traceState.field(TH));
    long r =
        traceState.has(RV)
            ? Threshold.parseRandomness(traceState.field(RV))
            : Threshold.randomness(traceIdLow);
    // A span that should not have been kept by its own threshold: someone changed one of the two.
    boolean usable = t != Threshold.INVALID && r != Threshold.INVALID && r >= t;
    return usable ? bounded(threshold.weight(t, Long.MAX_VALUE)) : UNKNOWN;
  }

  private long ofPower() {
    int p = smallNumber(traceState.field(P));
    int r = traceState.has(R) ? smallNumber(traceState.field(R)) : MAX_R;
    if (p == P_ZERO) {
      return 0;
    }
    if (p < 0 || p > MAX_R || r < 0 || r > MAX_R || p > r) {
      return UNKNOWN;
    }
    return p > Integer.SIZE ? UNKNOWN : FixedPoint.ONE << p;
  }

  private static long ofAttributes(AttributesView attributes) {
    OptionalDouble count = Values.number(attributes, Key.ADJUSTED_COUNT);
    if (count.isPresent()) {
      return ofCount(count.getAsDouble());
    }
    for (Key key : HONEYCOMB) {
      OptionalDouble rate = Values.number(attributes, key);
      if (rate.isPresent()) {
        // Honeycomb takes 0, like 1, for "not sampled down".
        return rate.getAsDouble() == 0 ? FixedPoint.ONE : ofRate(rate.getAsDouble());
      }
    }
    for (Key key : RATES) {
      OptionalDouble rate = Values.number(attributes, key);
      if (rate.isPresent()) {
        return ofRate(rate.getAsDouble());
      }
    }
    long jaeger = ofJaeger(attributes, Key.JAEGER_SAMPLER_TYPE, Key.JAEGER_SAMPLER_PARAM);
    return jaeger == SILENT ? ofJaeger(attributes, Key.SAMPLER_TYPE, Key.SAMPLER_PARAM) : jaeger;
  }

  /** One of N, or a share, whichever the number can be. */
  private static long ofRate(double rate) {
    return rate > 1 ? ofCount(rate) : ofRatio(rate);
  }

  private static long ofJaeger(AttributesView attributes, Key typeKey, Key paramKey) {
    Slice type = attributes.text(typeKey.id());
    if (type == null) {
      return SILENT;
    }
    return switch (type.toString()) {
      case "probabilistic" -> {
        OptionalDouble ratio = Values.number(attributes, paramKey);
        yield ratio.isEmpty() ? UNKNOWN : ofRatio(ratio.getAsDouble());
      }
      case "const" -> attributes.get(paramKey.id()) == null ? UNKNOWN : FixedPoint.ONE;
      default -> UNKNOWN;
    };
  }

  private long ofService(String service) {
    if (!rules.ratioByService().isEmpty()) {
      Double ratio = rules.ratioByService().get(service);
      if (ratio != null) {
        return ofRatio(ratio);
      }
    }
    return rules.silenceIsUnknown() ? UNKNOWN : FixedPoint.ONE;
  }

  private static long ofRatio(double ratio) {
    return ratio > 0 && ratio <= 1 ? ofCount(1 / ratio) : UNKNOWN;
  }

  private static long ofCount(double count) {
    return count >= 0 && count * FixedPoint.ONE <= LIMIT ? FixedPoint.of(count) : UNKNOWN;
  }

  private static long bounded(long weight) {
    return weight <= LIMIT ? weight : UNKNOWN;
  }

  /** 0 to 99, or -1. */
  private static int smallNumber(Slice digits) {
    if (digits.isEmpty() || digits.length() > 2) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.at(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static OptionalDouble decimal(Slice text) {
    try {
      return OptionalDouble.of(Double.parseDouble(text.toString()));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
