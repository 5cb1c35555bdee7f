// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.analyzer.correlate.CorrelateDrop;
import io.pkgslo.analyzer.export.StageMeters;
import io.pkgslo.analyzer.sli.DropListener;
import io.pkgslo.analyzer.sli.SliDrop;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Counts what is dropped, and says so in the log once a minute per reason, with the number and one
 * example: of correlation only where a bound is reached, since duplicates are no fault. Thread-safe
 * by one lock: drops are few.
 */
final class ThrottledDrops implements DropListener {
  private static final long QUIET_MILLIS = 60_000;

  private final StageMeters meters;
  private final Clock clock;
  private final Consumer<String> warning;
  private final Map<String, Long> saidMillis = new HashMap<>();
  private final Map<String, Long> unsaid = new HashMap<>();

  /**
   * @param warning takes what is to be said
   */
  ThrottledDrops(StageMeters meters, Clock clock, Consumer<String> warning) {
    this.meters = meters;
    this.clock = clock;
    this.warning = warning;
  }

  @Override
  public void dropped(SliDrop reason, long items, String example) {
    meters.dropped(reason.reason(), items);
    say(reason.reason(), items, example);
  }

  /**
   * What a correlator dropped since it was last asked.
   *
   * @param task which one it is
   */
  void correlated(Map<CorrelateDrop, Long> drops, String task) {
    drops.forEach(
        (reason, items) -> {
          meters.dropped(reason.label(), items);
          if (reason.isBound() && items > 0) {
            say(reason.label(), items, "in " + task);
          }
        });
  }

  private void say(String reason, long items, String example) {
    long count;
    synchronized (this) {
      count = unsaid.merge(reason, items, Long::sum);
      Long said = saidMillis.get(reason);
      if (said != null && clock.millis() - said < QUIET_MILLIS) {
        return;
      }
      saidMillis.put(reason, clock.millis());
      unsaid.remove(reason);
    }
    warning.accept(count + " items: " + reason + ", such as " + example);
  }
}
