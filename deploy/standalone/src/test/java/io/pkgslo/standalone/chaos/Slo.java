// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import io.pkgslo.model.wire.Objective;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * An objective of the run, with what it counts (reference: docs/sli.md, SLIs).
 *
 * @param period label of its compliance period
 * @param thresholdNanos for init latency: strictly slower is bad
 */
record Slo(
    String id,
    Objective.Sli sli,
    String target,
    String period,
    long periodSeconds,
    long thresholdNanos) {
  private static final long DAY = 86_400;

  /** A window of an objective. */
  record Window(String label, long seconds) {
    /** Width of the buckets that the window counts, in milliseconds. */
    long widthMillis() {
      if (seconds <= 3_600) {
        return 10_000;
      }
      if (seconds <= 21_600) {
        return 60_000;
      }
      return seconds <= 3 * DAY ? 300_000 : 900_000;
    }

    /** Start of the window, given the time up to which buckets are closed. */
    long startMillis(long closedMillis) {
      return Math.floorDiv(closedMillis, widthMillis()) * widthMillis() - seconds * 1_000;
    }
  }

  static final Window HOUR = new Window("1h", 3_600);

  private static final List<Window> BURN_RATES =
      List.of(
          new Window("5m", 300),
          new Window("30m", 1_800),
          HOUR,
          new Window("2h", 7_200),
          new Window("6h", 21_600),
          new Window("1d", DAY),
          new Window("3d", 3 * DAY));

  /** Those of the run: every kind, and periods on both sides of the longest window. */
  static List<Slo> all() {
    return List.of(
        new Slo("init-latency", Objective.Sli.INIT_LATENCY, "0.95", "7d", 7 * DAY, 120_000_000),
        new Slo("panic-rate", Objective.Sli.PANIC_RATE, "0.99997", "7d", 7 * DAY, 0),
        new Slo("panic-rate-day", Objective.Sli.PANIC_RATE, "0.99", "1d", DAY, 0),
        new Slo("availability", Objective.Sli.AVAILABILITY, "0.999", "30d", 30 * DAY, 0));
  }

  Objective wire() {
    return Objective.newBuilder()
        .setId(id)
        .setDisplayName(id)
        .setSli(sli)
        .setService("*")
        .setVersion("*")
        .setPackage("*")
        .setTarget(target)
        .setPeriodSeconds(periodSeconds)
        .setThresholdNanos(thresholdNanos)
        .build();
  }

  List<Window> windows() {
    List<Window> windows = new ArrayList<>(BURN_RATES);
    windows.removeIf(window -> window.seconds() == periodSeconds);
    windows.add(periodWindow());
    return windows;
  }

  Window periodWindow() {
    return new Window(period, periodSeconds);
  }

  double allowedShare() {
    return BigDecimal.ONE.subtract(new BigDecimal(target)).doubleValue();
  }

  /** Valid events that something is. */
  long valid(Ledger.Event event) {
    return switch (sli) {
      case PANIC_RATE -> event instanceof Ledger.Call call ? call.weight() : 0;
      case AVAILABILITY -> event instanceof Ledger.Call call && call.isApi() ? call.weight() : 0;
      case INIT_LATENCY -> event instanceof Ledger.Init ? 1 : 0;
      default -> throw new IllegalStateException("not used here: " + sli);
    };
  }

  /** Bad events that something is. */
  long bad(Ledger.Event event) {
    return switch (sli) {
      case PANIC_RATE -> event instanceof Ledger.Panic panic ? panic.weight() : 0;
      case AVAILABILITY ->
          event instanceof Ledger.Call call && call.isApi() && call.failed() ? call.weight() : 0;
      case INIT_LATENCY ->
          event instanceof Ledger.Init init && init.durationNanos() > thresholdNanos ? 1 : 0;
      default -> throw new IllegalStateException("not used here: " + sli);
    };
  }
}
