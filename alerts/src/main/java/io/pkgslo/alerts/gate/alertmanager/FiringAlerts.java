// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.alertmanager;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The alerts that fire now, as far as this instance was told; bounded, and forgotten when nobody
 * repeats them. An alert is known by its fingerprint and when it began, so a repetition changes
 * nothing, and one that began before what is known, or fires again after it was resolved, is old
 * news. Thread-safe.
 */
public final class FiringAlerts {
  private static final int MAX_ALERTS = 1_000;

  /** Alertmanager repeats what fires every four hours unless it is told otherwise. */
  private static final Duration FORGET_AFTER = Duration.ofHours(12);

  private final Clock clock;
  private final Map<String, Heard> byFingerprint = new LinkedHashMap<>();

  private record Heard(Alert alert, Instant at) {}

  public FiringAlerts(Clock clock) {
    this.clock = clock;
  }

  /** Whether it was news. */
  synchronized boolean hear(Alert alert) {
    forget();
    Heard known = byFingerprint.remove(alert.fingerprint());
    boolean news = known == null || isNews(known.alert(), alert);
    byFingerprint.put(
        alert.fingerprint(),
        new Heard(known == null || news ? alert : known.alert(), clock.instant()));
    if (byFingerprint.size() > MAX_ALERTS) {
      byFingerprint.remove(byFingerprint.keySet().iterator().next());
    }
    return news;
  }

  private static boolean isNews(Alert known, Alert alert) {
    int order = alert.startsAt().compareTo(known.startsAt());
    return order > 0 || (order == 0 && known.isFiring() && !alert.isFiring());
  }

  private void forget() {
    Instant oldest = clock.instant().minus(FORGET_AFTER);
    byFingerprint.values().removeIf(heard -> heard.at().isBefore(oldest));
  }

  /** What fires, the longest first. */
  public synchronized List<Alert> firing() {
    forget();
    List<Alert> firing = new ArrayList<>();
    byFingerprint.values().stream().map(Heard::alert).filter(Alert::isFiring).forEach(firing::add);
    firing.sort(Comparator.comparing(Alert::startsAt).thenComparing(Alert::fingerprint));
    return firing;
  }

  /** What fires about a service. */
  public List<Alert> firing(String service) {
    return firing().stream().filter(alert -> alert.isAbout(service)).toList();
  }
}
