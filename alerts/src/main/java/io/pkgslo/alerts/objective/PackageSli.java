// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An SLI that the analyzer counts for every subject that the globs match.
 *
 * @param service glob over the service, {@code *} for all; likewise {@code version} and {@code
 *     goPackage}
 * @param kinds of spans whose calls count; empty is every kind
 * @param apiCallsOnly of latencies: API calls instead of all calls
 * @param threshold of latencies: strictly slower is bad; null for other SLIs
 * @param runtime of {@link Slo.Sli#RUNTIME}; null for other SLIs
 * @param selector of calls, logs and metrics; {@link ItemSelector#NONE} for other SLIs
 * @param durations of latencies without a selector; {@link DurationBounds#NONE} for others
 */
public record PackageSli(
    Slo.Sli sli,
    String service,
    String version,
    String goPackage,
    Set<SpanKind> kinds,
    boolean apiCallsOnly,
    @Nullable Duration threshold,
    @Nullable RuntimeThreshold runtime,
    ItemSelector selector,
    DurationBounds durations)
    implements SliSource {
  private static final String EVERYTHING = "*";

  public PackageSli {
    if (sli == Slo.Sli.PROMETHEUS) {
      throw new IllegalArgumentException("Prometheus counts its own events");
    }
    if (sli.isLatency() != (threshold != null)) {
      throw new IllegalArgumentException("a threshold belongs to latencies, and to nothing else");
    }
    if ((sli == Slo.Sli.RUNTIME) != (runtime != null)) {
      throw new IllegalArgumentException("a runtime threshold belongs to the SLI runtime only");
    }
    if (!selector.equals(ItemSelector.NONE) && !sli.isSelectable()) {
      throw new IllegalArgumentException("a selector belongs to calls, logs and metrics only");
    }
    if (!durations.equals(DurationBounds.NONE)
        && (!sli.isLatency() || !selector.equals(ItemSelector.NONE))) {
      throw new IllegalArgumentException("bounds of time belong to latencies without a selector");
    }
    kinds = kinds.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(kinds));
  }

  /** Without bounds of time of its own. */
  public PackageSli(
      Slo.Sli sli,
      String service,
      String version,
      String goPackage,
      Set<SpanKind> kinds,
      boolean apiCallsOnly,
      @Nullable Duration threshold,
      @Nullable RuntimeThreshold runtime,
      ItemSelector selector) {
    this(
        sli,
        service,
        version,
        goPackage,
        kinds,
        apiCallsOnly,
        threshold,
        runtime,
        selector,
        DurationBounds.NONE);
  }

  /** Of all items. */
  public PackageSli(
      Slo.Sli sli,
      String service,
      String version,
      String goPackage,
      Set<SpanKind> kinds,
      boolean apiCallsOnly,
      @Nullable Duration threshold,
      @Nullable RuntimeThreshold runtime) {
    this(
        sli,
        service,
        version,
        goPackage,
        kinds,
        apiCallsOnly,
        threshold,
        runtime,
        ItemSelector.NONE);
  }

  /** Whether only ingest, which sees attributes, can tell what its events are. */
  boolean isSelected() {
    return !selector.equals(ItemSelector.NONE);
  }

  /** Of every subject. */
  public static PackageSli everywhere(Slo.Sli sli, @Nullable Duration threshold) {
    return of(sli, EVERYTHING, EVERYTHING, threshold);
  }

  /** Of every version and kind. */
  public static PackageSli of(
      Slo.Sli sli, String service, String goPackage, @Nullable Duration threshold) {
    return new PackageSli(sli, service, EVERYTHING, goPackage, Set.of(), false, threshold, null);
  }

  /** The same with bounds of time. */
  public PackageSli withDurations(DurationBounds bounds) {
    return new PackageSli(
        sli,
        service,
        version,
        goPackage,
        kinds,
        apiCallsOnly,
        threshold,
        runtime,
        selector,
        bounds);
  }

  /** The kinds in their order, which a set does not keep. */
  Set<SpanKind> sortedKinds() {
    return new TreeSet<>(kinds);
  }
}
