// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import io.pkgslo.model.Partitions;
import io.pkgslo.model.wire.Objective;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What has to be shown of a ledger, by the definitions of {@code docs/sli.md}: every event is
 * looked at for every number, nothing is kept running.
 */
final class Expected {
  private static final long TEN_SECONDS_MILLIS = 10_000;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final int DURATION_BOUNDS = 12;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double PER_10K = 10_000;

  private final Ledger ledger;
  private final List<Slo> slos;
  private final Map<Integer, Long> watermarkMillis;
  private final Map<Series, Double> values = new TreeMap<>();

  private Expected(Ledger ledger, List<Slo> slos, Map<Integer, Long> watermarkMillis) {
    this.ledger = ledger;
    this.slos = slos;
    this.watermarkMillis = watermarkMillis;
  }

  /**
   * Every series that must be shown, with its value.
   *
   * @param watermarkMillis of the windows' tasks, by partition
   */
  static Map<Series, Double> of(Ledger ledger, List<Slo> slos, Map<Integer, Long> watermarkMillis) {
    Expected expected = new Expected(ledger, slos, watermarkMillis);
    ledger.events().forEach(expected::subject);
    return expected.values;
  }

  private void subject(Subject subject, List<Ledger.Event> events) {
    int partition =
        Partitions.ofSubject(subject.service(), subject.goPackage(), Delivery.PARTITIONS);
    long watermark = watermarkMillis.getOrDefault(partition, Long.MIN_VALUE);
    // A bucket is closed when the watermark passes its end and the settle delay.
    long closed =
        Math.floorDiv(watermark - TEN_SECONDS_MILLIS, TEN_SECONDS_MILLIS) * TEN_SECONDS_MILLIS;
    long lastSeen = events.stream().mapToLong(Ledger.Event::epochMillis).max().orElseThrow();
    boolean active = lastSeen >= watermark - HOUR_MILLIS;
    counters(subject, events);
    if (active) {
      durations(subject, events);
    }
    panicRate(subject, events, closed);
    for (Slo slo : slos) {
      objective(subject, events, slo, closed, active);
    }
  }

  private void counters(Subject subject, List<Ledger.Event> events) {
    ToLongFunction<Ledger.Event> failed =
        e -> e instanceof Ledger.Call c && c.failed() ? c.weight() : 0;
    for (Ledger.Event event : events) {
      if (event instanceof Ledger.Call call) {
        values.merge(
            Series.of(
                "go_package_calls_total", subject, "kind", call.kind(), "status", call.status()),
            (double) call.weight(),
            Double::sum);
      }
    }
    put("go_package_errors_total", subject, sum(events, failed));
    put(
        "go_package_api_calls_total",
        subject,
        sum(events, e -> e instanceof Ledger.Call c && c.isApi() ? c.weight() : 0));
    put(
        "go_package_api_errors_total",
        subject,
        sum(events, e -> e instanceof Ledger.Call c && c.isApi() && c.failed() ? c.weight() : 0));
    put(
        "go_package_panics_total",
        subject,
        sum(events, e -> e instanceof Ledger.Panic panic ? panic.weight() : 0));
    // Each panic of a run has a process of its own.
    put(
        "go_package_panic_episodes_total",
        subject,
        sum(events, e -> e instanceof Ledger.Panic ? 1 : 0));
    put("go_package_inits_total", subject, sum(events, e -> e instanceof Ledger.Init ? 1 : 0));
    put(
        "go_package_init_failures_total",
        subject,
        sum(events, e -> e instanceof Ledger.InitFailure ? 1 : 0));
    put("go_package_weight_unknown", subject, 0);
  }

  private void durations(Subject subject, List<Ledger.Event> events) {
    List<Ledger.Call> calls =
        events.stream().filter(Ledger.Call.class::isInstance).map(Ledger.Call.class::cast).toList();
    if (calls.isEmpty()) {
      return;
    }
    String name = "go_package_call_duration_seconds";
    for (int i = 0; i < DURATION_BOUNDS; i++) {
      long bound = 1_000_000L << i;
      values.put(
          Series.of(name + "_bucket", subject, "le", Double.toString(bound / NANOS_PER_SECOND)),
          (double) calls.stream().filter(call -> call.durationNanos() <= bound).count());
    }
    values.put(Series.of(name + "_bucket", subject, "le", "+Inf"), (double) calls.size());
    values.put(Series.of(name + "_count", subject), (double) calls.size());
    values.put(
        Series.of(name + "_sum", subject),
        calls.stream().mapToLong(Ledger.Call::durationNanos).sum() / NANOS_PER_SECOND);
  }

  private void panicRate(Subject subject, List<Ledger.Event> events, long closed) {
    long from = Slo.HOUR.startMillis(closed);
    long calls = since(events, from, e -> e instanceof Ledger.Call call ? call.weight() : 0);
    long panics = since(events, from, e -> e instanceof Ledger.Panic panic ? panic.weight() : 0);
    if (calls > 0) {
      values.put(
          Series.of("go_package_panic_rate_per_10k_calls", subject), PER_10K * panics / calls);
    }
  }

  private void objective(
      Subject subject, List<Ledger.Event> events, Slo slo, long closed, boolean active) {
    long validTotal = sum(events, slo::valid);
    long badTotal = sum(events, slo::bad);
    if (validTotal == 0 && badTotal == 0) {
      // Every package can panic; of other kinds nothing is shown before there is an event.
      if (slo.sli() == Objective.Sli.PANIC_RATE) {
        put("slo_no_data", subject, slo, 1);
      }
      return;
    }
    put("slo_valid_events_total", subject, slo, validTotal);
    put("slo_bad_events_total", subject, slo, badTotal);
    long from = slo.periodWindow().startMillis(closed);
    boolean exposed =
        slo.sli() == Objective.Sli.PANIC_RATE
            && since(events, from, slo::valid) == 0
            && since(events, from, slo::bad) > 0;
    for (Slo.Window window : slo.windows()) {
      long start = window.startMillis(closed);
      long bad = since(events, start, slo::bad);
      long valid = exposed ? apiCalls(subject, start) : since(events, start, slo::valid);
      boolean data = valid > 0 || bad > 0;
      double ratio = (double) bad / (valid == 0 ? bad : valid);
      // A package that is silent for an hour shows where it has failed.
      if (data && (active || bad > 0)) {
        put("slo_error_ratio", subject, slo, ratio, "window", window.label());
        put("slo_burn_rate", subject, slo, ratio / slo.allowedShare(), "window", window.label());
      }
      if (window.equals(slo.periodWindow())) {
        budget(subject, slo, data, active || bad > 0, ratio);
      }
    }
  }

  /** A full budget of a package that is silent for an hour is not shown. */
  private void budget(Subject subject, Slo slo, boolean data, boolean shown, double ratio) {
    put("slo_no_data", subject, slo, data ? 0 : 1);
    if (data && shown) {
      double consumed = ratio / slo.allowedShare();
      put("slo_error_budget_consumed_ratio", subject, slo, consumed);
      put("slo_error_budget_remaining_ratio", subject, slo, 1 - consumed);
    }
  }

  /** The service's API calls of that version: what a package without calls is exposed to. */
  private long apiCalls(Subject subject, long fromMillis) {
    long calls = 0;
    for (Map.Entry<Subject, List<Ledger.Event>> other : ledger.events().entrySet()) {
      if (other.getKey().service().equals(subject.service())
          && other.getKey().version().equals(subject.version())) {
        calls +=
            since(
                other.getValue(),
                fromMillis,
                e -> e instanceof Ledger.Call call && call.isApi() ? call.weight() : 0);
      }
    }
    return calls;
  }

  private static long since(
      List<Ledger.Event> events, long fromMillis, ToLongFunction<Ledger.Event> amount) {
    return events.stream()
        .filter(event -> event.epochMillis() >= fromMillis)
        .mapToLong(amount)
        .sum();
  }

  private static long sum(List<Ledger.Event> events, ToLongFunction<Ledger.Event> amount) {
    return events.stream().mapToLong(amount).sum();
  }

  private void put(String name, Subject subject, double value) {
    values.put(Series.of(name, subject), value);
  }

  private void put(String name, Subject subject, Slo slo, double value, String... further) {
    String[] labels = new String[further.length + 2];
    labels[0] = "slo";
    labels[1] = slo.id();
    System.arraycopy(further, 0, labels, 2, further.length);
    values.put(Series.of(name, subject, labels), value);
  }
}
