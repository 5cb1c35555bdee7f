// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import io.pkgslo.model.wire.Objective;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A service level objective.
 *
 * @param id value of the label {@code slo}; stable, and new when the threshold changes
 * @param source what is counted, or what Prometheus is asked
 * @param target share of good events or slices, in [0, 1), without trailing zeros
 * @param period compliance period, one minute to 90 days; of the calendar: its nominal length
 * @param calendar null when the period is rolling
 * @param exclusions time that does not count; none where pkgslo does not count
 */
public record Slo(
    String id,
    String displayName,
    SliSource source,
    BigDecimal target,
    Duration period,
    @Nullable CalendarWindow calendar,
    Budgeting budgeting,
    Alerting alerting,
    List<Exclusion> exclusions,
    Notes notes) {

  /** What an objective is about. */
  public enum Sli {
    INIT_LATENCY(Objective.Sli.INIT_LATENCY, "inits slower than the threshold"),
    PANIC_RATE(Objective.Sli.PANIC_RATE, "panics"),
    AVAILABILITY(Objective.Sli.AVAILABILITY, "failed API calls"),
    LATENCY(Objective.Sli.LATENCY, "calls slower than the threshold"),
    RUNTIME(Objective.Sli.RUNTIME, "slices in which a runtime metric breaks its threshold"),
    LOG(Objective.Sli.LOG, "log records that break the condition"),
    METRIC(Objective.Sli.METRIC, "what the metric counts as bad"),
    /** Not counted by pkgslo: rules over other metrics. */
    PROMETHEUS(Objective.Sli.SLI_UNSPECIFIED, "bad events");

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

    Objective.Sli wire() {
      return wire;
    }

    /** True when its items have attributes that a filter can ask for. */
    public boolean isSelectable() {
      return this == AVAILABILITY || this == LATENCY || this == LOG || this == METRIC;
    }

    /** True when it has a threshold of time. */
    public boolean isLatency() {
      return this == INIT_LATENCY || this == LATENCY;
    }
  }

  /** Events are kept for so long. */
  public static final Duration LONGEST_PERIOD = Duration.ofDays(90);

  static final Duration SHORTEST_PERIOD = Duration.ofMinutes(1);

  private static final String EVERYTHING = "*";
  private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  public Slo {
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "objective id '" + id + "': expected 1 to 63 lower-case letters, digits and dashes");
    }
    if (target.signum() < 0 || target.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException(
          "objective " + id + ": target must be in [0, 1), was " + target.toPlainString());
    }
    if (period.compareTo(SHORTEST_PERIOD) < 0 || period.compareTo(LONGEST_PERIOD) > 0) {
      throw new IllegalArgumentException(
          "objective " + id + ": period must be 1 minute to 90 days, was " + period);
    }
    if (calendar != null && !calendar.nominalLength().equals(period)) {
      throw new IllegalArgumentException(
          "objective " + id + ": period must be the nominal length of its calendar");
    }
    boolean conditions = !exclusions.isEmpty() || alerting.minValid() > 0 || alerting.minBad() > 0;
    if (conditions && !(source instanceof PackageSli)) {
      throw new IllegalArgumentException(
          "objective " + id + ": exclusions and minimum events need a source that pkgslo counts");
    }
    target = target.stripTrailingZeros();
    exclusions = List.copyOf(exclusions);
  }

  /** A rolling objective over events, without anything that is optional but a runbook. */
  public Slo(
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
    this(
        id,
        displayName,
        PackageSli.of(sli, service, goPackage, threshold),
        target,
        period,
        null,
        Budgeting.OCCURRENCES,
        Alerting.of(tiers),
        List.of(),
        Notes.runbook(runbookUrl));
  }

  /** True when {@code text} can be an id. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Value of the label {@code window} that names the whole period, such as {@code 7d}. */
  public String periodLabel() {
    return WindowLabel.of(period);
  }

  /** What the objective is about. */
  public Sli sli() {
    return source instanceof PackageSli counted ? counted.sli() : Sli.PROMETHEUS;
  }

  /** True when the analyzer counts it; false when only Prometheus knows its numbers. */
  public boolean isCounted() {
    return source instanceof PackageSli;
  }

  /** Glob over the service; {@code *} where pkgslo does not count. */
  public String service() {
    return source instanceof PackageSli counted ? counted.service() : EVERYTHING;
  }

  /** Glob over the package; {@code *} where pkgslo does not count. */
  public String goPackage() {
    return source instanceof PackageSli counted ? counted.goPackage() : EVERYTHING;
  }

  /** Of latencies: strictly slower is bad; null otherwise. */
  public @Nullable Duration threshold() {
    return source instanceof PackageSli counted ? counted.threshold() : null;
  }

  /** Names of the labels that tell its series of one subject apart; empty without. */
  public List<String> labelNames() {
    return source instanceof PackageSli counted ? counted.selector().labelNames() : List.of();
  }

  /** True when only some of the items of a subject are its events. */
  public boolean hasFilter() {
    return source instanceof PackageSli counted && !counted.selector().filter().isEmpty();
  }

  /** The burn rate tiers that are switched on. */
  public List<BurnTier> tiers() {
    return alerting.tiers();
  }

  /** What to do when it alerts; null when nobody said so. */
  public @Nullable String runbookUrl() {
    return notes.runbookUrl();
  }
}
