// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.model.FixedPoint;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * OpenTelemetry's consistent probability sampling (reference: go-telemetry.md 7): a span was kept
 * when its 56 random bits were at least the threshold T, so it stands for 2^56 / (2^56 - T) spans.
 * Mutable (it remembers the last quotient), single-threaded.
 */
final class Threshold {
  /** What {@link #parse} says of text that is no threshold. */
  static final long INVALID = -1;

  private static final int DIGITS = 14;
  private static final int BITS = 56;
  private static final BigInteger POPULATION = BigInteger.ONE.shiftLeft(BITS);

  private long lastThreshold;
  private long lastWeight = FixedPoint.ONE;

  /** T of 1 to 14 hexadecimal digits, which are its first ones; {@link #INVALID} otherwise. */
  static long parse(Slice digits) {
    if (digits.length() > DIGITS || !Hex.isLower(digits)) {
      return INVALID;
    }
    return Hex.value(digits) << (4 * (DIGITS - digits.length()));
  }

  /** R of exactly 14 hexadecimal digits; {@link #INVALID} otherwise. */
  static long parseRandomness(Slice digits) {
    return digits.length() == DIGITS && Hex.isLower(digits) ? Hex.value(digits) : INVALID;
  }

  /** R where nothing says so: the last 56 bits of the trace id. */
  static long randomness(long traceIdLow) {
    return traceIdLow & ((1L << BITS) - 1);
  }

  /** The adjusted count in units of 2^-20, exactly rounded half to even; at most {@code limit}. */
  long weight(long threshold, long limit) {
    if (threshold != lastThreshold) {
      BigInteger kept = POPULATION.subtract(BigInteger.valueOf(threshold));
      BigInteger weight =
          new BigDecimal(POPULATION.multiply(BigInteger.valueOf(FixedPoint.ONE)))
              .divide(new BigDecimal(kept), 0, RoundingMode.HALF_EVEN)
              .toBigInteger();
      lastThreshold = threshold;
      lastWeight = weight.bitLength() < Long.SIZE ? weight.longValueExact() : Long.MAX_VALUE;
    }
    return Math.min(lastWeight, limit);
  }
}
