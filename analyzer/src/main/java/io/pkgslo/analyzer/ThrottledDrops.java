// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.analyzer.export.StageMeters;
import io.pkgslo.analyzer.sli.DropListener;
import io.pkgslo.analyzer.sli.SliDrop;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Counts what windows drop, and says so in the log once a minute per reason, with the number and
 * one example. Thread-safe by one lock: drops are few.
 */
final class ThrottledDrops implements DropListener {
  private static final long QUIET_MILLIS = 60_000;

  private final StageMeters meters;
  private final Clock clock;
  private final Consumer<String> warning;
  private final Map<SliDrop, Long> saidMillis = new EnumMap<>(SliDrop.class);
  private final Map<SliDrop, Long> unsaid = new EnumMap<>(SliDrop.class);

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
    warning.accept(count + " items: " + reason.reason() + ", such as " + example);
  }
}
