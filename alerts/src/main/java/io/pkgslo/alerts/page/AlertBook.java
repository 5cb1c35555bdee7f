// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.page;

import io.pkgslo.alerts.rule.DirectAlerts.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts are pending, firing or over, as Prometheus keeps them: an alert fires when its
 * condition has held for long enough, and ends when it has not held for long enough. One thread.
 */
final class AlertBook {
  /** Mutable, single-threaded. */
  private static final class Entry {
    private Candidate latest;
    private Instant since;
    private @Nullable Instant firingSince;
    private @Nullable Instant falseSince;
    private @Nullable Instant endedAt;

    Entry(Candidate latest, Instant since) {
      this.latest = latest;
      this.since = since;
    }
  }

  private final Map<Map<String, String>, Entry> entries = new HashMap<>();
  private final Duration resolvedFor;
  private final Duration validFor;

  /**
   * @param resolvedFor how long an alert that is over is told of
   * @param validFor how long an alert is believed that nobody tells any more
   */
  AlertBook(Duration resolvedFor, Duration validFor) {
    this.resolvedFor = resolvedFor;
    this.validFor = validFor;
  }

  /** Takes what holds at {@code now}, and returns all that is firing or has ended lately. */
  List<PagedAlert> turn(List<Candidate> holding, Instant now) {
    Map<Map<String, String>, Candidate> byLabels = new HashMap<>();
    holding.forEach(candidate -> byLabels.put(candidate.labels(), candidate));
    byLabels.forEach((labels, candidate) -> hold(labels, candidate, now));
    for (Iterator<Map.Entry<Map<String, String>, Entry>> all = entries.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<Map<String, String>, Entry> next = all.next();
      if (!byLabels.containsKey(next.getKey()) && isForgotten(next.getValue(), now)) {
        all.remove();
      }
    }
    List<PagedAlert> told = new ArrayList<>();
    entries.values().forEach(entry -> tell(entry, now, told));
    return told;
  }

  private void hold(Map<String, String> labels, Candidate candidate, Instant now) {
    Entry entry = entries.get(labels);
    if (entry == null || entry.endedAt != null) {
      entry = new Entry(candidate, now);
      entries.put(labels, entry);
    }
    entry.latest = candidate;
    entry.falseSince = null;
    if (entry.firingSince == null && !now.isBefore(entry.since.plus(candidate.holdFor()))) {
      entry.firingSince = now;
    }
  }

  /** What no longer holds: ends it when its time is up; true when there is nothing to tell. */
  private boolean isForgotten(Entry entry, Instant now) {
    if (entry.firingSince == null) {
      return true;
    }
    if (entry.falseSince == null) {
      entry.falseSince = now;
    }
    if (entry.endedAt == null
        && !now.isBefore(entry.falseSince.plus(entry.latest.keepFiringFor()))) {
      entry.endedAt = now;
    }
    return entry.endedAt != null && now.isAfter(entry.endedAt.plus(resolvedFor));
  }

  private void tell(Entry entry, Instant now, List<PagedAlert> told) {
    Instant start = entry.firingSince;
    if (start != null) {
      Instant end = entry.endedAt;
      told.add(
          new PagedAlert(
              entry.latest.labels(),
              entry.latest.annotations(),
              start,
              end == null ? now.plus(validFor) : end,
              entry.latest.annotations().get("link")));
    }
  }
}
