// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import io.pkgslo.model.wire.Objective;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A service level objective over an SLI of every package that its globs match.
 *
 * @param id value of the label {@code slo}; stable, and new when the threshold changes
 * @param service glob over the service, {@code *} for all; likewise {@code goPackage}
 * @param target share of good events, in [0, 1)
 * @param period rolling compliance period, one minute to 90 days
 * @param threshold of latencies: strictly slower is bad; null for other SLIs
 * @param runbookUrl null when there is none
 */
public record Slo(
    String id,
    String displayName,
    Sli sli,
    String service,
    String goPackage,
    BigDecimal target,
    Duration period,
    @Nullable Duration threshold,
    List<BurnTier> tiers,
    @Nullable String runbookUrl) {

  /** What an objective is about. */
  public enum Sli {
    INIT_LATENCY(Objective.Sli.INIT_LATENCY, "inits slower than the threshold"),
    PANIC_RATE(Objective.Sli.PANIC_RATE, "panics"),
    AVAILABILITY(Objective.Sli.AVAILABILITY, "failed API calls"),
    LATENCY(Objective.Sli.LATENCY, "calls slower than the threshold");

    private final Objective.Sli wire;
    private final String badEvents;

    Sli(Objective.Sli wire, String badEvents) {
      this.wire = wire;
      this.badEvents = badEvents;
    }

    /** What is counted as bad, in words. */
    public String badEvents() {
      return badEvents;
    }

    boolean isLatency() {
      return this == INIT_LATENCY || this == LATENCY;
    }
  }

  private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Duration LONGEST_PERIOD = Duration.ofDays(90);

  public Slo {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "objective id '" + id + "': expected 1 to 63 lower-case letters, digits and dashes");
    }
    if (target.signum() < 0 || target.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException(
          "objective " + id + ": target must be in [0, 1), was " + target.toPlainString());
    }
    if (period.compareTo(Duration.ofMinutes(1)) < 0 || period.compareTo(LONGEST_PERIOD) > 0) {
      throw new IllegalArgumentException(
          "objective " + id + ": period must be 1 minute to 90 days, was " + period);
    }
    if (sli.isLatency() != (threshold != null)) {
      throw new IllegalArgumentException(
          "objective " + id + ": a threshold belongs to latencies, and to nothing else");
    }
    tiers = List.copyOf(tiers);
  }

  /** Value of the label {@code window} that names the whole period, such as {@code 7d}. */
  public String periodLabel() {
    return WindowLabel.of(period);
  }

  /** As the analyzer reads it, valid for events from {@code effectiveFromMillis} on. */
  public Objective toWire(long effectiveFromMillis) {
    Objective.Builder builder =
        Objective.newBuilder()
            .setId(id)
            .setDisplayName(displayName)
            .setSli(sli.wire)
            .setService(service)
            .setVersion("*")
            .setPackage(goPackage)
            .setTarget(target.toPlainString())
            .setPeriodSeconds(period.toSeconds())
            .setEffectiveFromMillis(effectiveFromMillis);
    if (threshold != null) {
      builder.setThresholdNanos(threshold.toNanos());
    }
    return builder.build();
  }
}
