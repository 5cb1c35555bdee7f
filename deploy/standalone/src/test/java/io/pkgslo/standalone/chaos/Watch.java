// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import io.pkgslo.standalone.exact.Exposition;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a Prometheus sees that scrapes all analyzers all the time: no counter may step back, no
 * series may be at two places at once, and none may be away for longer than the documented pause.
 * Runs on a thread of its own.
 */
final class Watch implements Runnable {
  private static final long PAUSE_MILLIS = 200;

  private final Cluster cluster;
  private final Clock clock;
  private final Map<Series, Double> highest = new HashMap<>();
  private final Map<Series, Long> seenMillis = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private volatile long longestGapMillis;
  private volatile boolean ended;

  Watch(Cluster cluster, Clock clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  @Override
  public void run() {
    try {
      while (!ended) {
        look();
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Each, and the first once more: what it shows before and after the others is with it now. */
  private void look() throws InterruptedException {
    List<ServiceProcess> analyzers = List.copyOf(cluster.analyzers());
    List<Set<Series>> before = new ArrayList<>();
    for (ServiceProcess analyzer : analyzers) {
      before.add(take(analyzer));
    }
    if (analyzers.size() < 2) {
      return;
    }
    Set<Series> after = take(analyzers.get(0));
    for (int other = 1; other < analyzers.size(); other++) {
      Set<Series> twice = new HashSet<>(before.get(0));
      twice.retainAll(after);
      twice.retainAll(before.get(other));
      if (!twice.isEmpty()) {
        fault(twice.size() + " series at two places, such as " + twice.iterator().next());
      }
    }
  }

  private Set<Series> take(ServiceProcess analyzer) throws InterruptedException {
    Exposition scrape = analyzer.scrape();
    Set<Series> shown = new HashSet<>();
    if (scrape != null) {
      for (Exposition.Sample sample : scrape.samples()) {
        Series series = Series.of(sample);
        if (series.isOfSubject() && series.name().endsWith("_total")) {
          shown.add(series);
          see(series, sample.value(), analyzer.name());
        }
      }
    }
    return shown;
  }

  private void see(Series series, double value, String where) {
    Double before = highest.put(series, value);
    if (before != null && value < before) {
      fault(series + " stepped back from " + before + " to " + value + " at " + where);
    }
    long now = clock.millis();
    Long last = seenMillis.put(series, now);
    if (last != null) {
      longestGapMillis = Math.max(longestGapMillis, now - last);
    }
  }

  private synchronized void fault(String fault) {
    faults.add(fault);
  }

  void end() {
    ended = true;
  }

  /** What was wrong; empty when all was well. */
  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  /** The longest time for which some series was away. After the end. */
  long longestGapMillis() {
    return longestGapMillis;
  }

  /** How many series were seen. After the end. */
  int series() {
    return seenMillis.size();
  }
}
