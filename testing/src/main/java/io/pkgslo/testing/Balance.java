// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The identity that every part of pkgslo promises: whatever it received, it has processed, dropped
 * or refused for a reason, dead-lettered or given back to be read again, or it is in flight.
 *
 * <p>Found by names: {@code X_received_total} is held against all {@code X_<outcome>_total}, for
 * each set of labels but the reason, and {@code X_in_flight} must be 0 where nothing is going on.
 */
final class Balance {
  private static final String RECEIVED = "_received_total";
  private static final String IN_FLIGHT = "_in_flight";
  private static final String REASON = "reason";
  private static final List<String> OUTCOMES =
      List.of("processed", "forwarded", "dropped", "refused", "dead_lettered", "retried");

  /** Of the analyzer: what it drops are items that ingest had received and processed. */
  private static final String DROPPED_LATER = "stage";

  private final Map<String, Map<Map<String, String>, Entry>> accounts = new TreeMap<>();
  private final Map<String, Double> inFlight = new TreeMap<>();

  private static final class Entry {
    private double received;
    private double settled;
  }

  Balance(Collection<Sample> samples) {
    for (Sample sample : samples) {
      if (sample.name().endsWith(RECEIVED)) {
        entry(without(sample.name(), RECEIVED), sample).received += sample.value();
      }
    }
    for (Sample sample : samples) {
      for (String account : accounts.keySet()) {
        if (sample.name().equals(account + IN_FLIGHT)) {
          inFlight.merge(account, sample.value(), Double::sum);
        } else if (isOutcome(account, sample)) {
          entry(account, sample).settled += sample.value();
        }
      }
    }
  }

  private static boolean isOutcome(String account, Sample sample) {
    return OUTCOMES.stream()
            .anyMatch(outcome -> sample.name().equals(account + "_" + outcome + "_total"))
        && !sample.labels().containsKey(DROPPED_LATER);
  }

  private Entry entry(String account, Sample sample) {
    Map<String, String> labels = new TreeMap<>(sample.labels());
    labels.remove(REASON);
    return accounts
        .computeIfAbsent(account, a -> new LinkedHashMap<>())
        .computeIfAbsent(labels, l -> new Entry());
  }

  private static String without(String name, String suffix) {
    return name.substring(0, name.length() - suffix.length());
  }

  /** What was received in all accounts. */
  double received() {
    return accounts.values().stream()
        .flatMap(account -> account.values().stream())
        .mapToDouble(entry -> entry.received)
        .sum();
  }

  /** What does not balance, in words; empty when all of it does and nothing is in flight. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    accounts.forEach(
        (account, entries) ->
            entries.forEach(
                (labels, entry) -> {
                  // Counts are whole numbers.
                  if (entry.received != entry.settled) {
                    faults.add(
                        "%s%s: received %s, settled %s"
                            .formatted(account, labels, entry.received, entry.settled));
                  }
                }));
    inFlight.forEach(
        (account, count) -> {
          if (count != 0) {
            faults.add("%s: %s in flight".formatted(account, count));
          }
        });
    return faults;
  }
}
