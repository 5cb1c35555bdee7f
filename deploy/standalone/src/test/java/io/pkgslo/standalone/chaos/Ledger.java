// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that happened, each once, whatever becomes of the records that tell of it. Written by
 * the generator's thread, read when it has ended.
 */
final class Ledger {
  private static final Comparator<Subject> ORDER =
      Comparator.comparing(Subject::service)
          .thenComparing(Subject::version)
          .thenComparing(Subject::goPackage);

  /** Something that happened at a time. */
  sealed interface Event {
    long epochNanos();

    default long epochMillis() {
      return Math.floorDiv(epochNanos(), 1_000_000L);
    }
  }

  /**
   * @param kind as the label has it
   * @param status as the label has it
   * @param weight adjusted count
   */
  record Call(String kind, String status, long epochNanos, long durationNanos, long weight)
      implements Event {
    boolean failed() {
      return status.equals("error");
    }

    boolean isApi() {
      return kind.equals("server") || kind.equals("consumer");
    }
  }

  record Panic(long epochNanos, long weight) implements Event {}

  record Init(long epochNanos, long durationNanos) implements Event {}

  record InitFailure(long epochNanos) implements Event {}

  private final Map<Subject, List<Event>> events = new TreeMap<>(ORDER);

  void add(Subject subject, Event event) {
    events.computeIfAbsent(subject, s -> new ArrayList<>()).add(event);
  }

  Map<Subject, List<Event>> events() {
    return events;
  }

  /** How many events there are. */
  int size() {
    return events.values().stream().mapToInt(List::size).sum();
  }
}
