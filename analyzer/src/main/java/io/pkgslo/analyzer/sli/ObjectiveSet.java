// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.model.DurationBuckets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All objectives in force, with their versions. Immutable: a change makes another set, and whoever
 * holds an older one sees by identity that it is outdated.
 */
public final class ObjectiveSet {
  public static final ObjectiveSet EMPTY = new ObjectiveSet(Map.of());

  /** More than that would weigh on every row; those above are estimated. */
  private static final int MAX_THRESHOLDS = 64;

  private final Map<String, ObjectiveHistory> byId;

  private ObjectiveSet(Map<String, ObjectiveHistory> byId) {
    this.byId = new TreeMap<>(byId);
  }

  /** This set and one more version of an objective. */
  public ObjectiveSet with(ObjectiveVersion version) {
    Map<String, ObjectiveHistory> next = new TreeMap<>(byId);
    ObjectiveHistory history = byId.get(version.id());
    next.put(
        version.id(),
        history == null ? new ObjectiveHistory(List.of(version)) : history.with(version));
    return new ObjectiveSet(next);
  }

  /** This set, with the earlier versions of its objectives that {@code former} still knows. */
  ObjectiveSet withFormer(Map<String, ObjectiveHistory> former) {
    Map<String, ObjectiveHistory> next = new TreeMap<>();
    byId.forEach((id, history) -> next.put(id, history.after(former.get(id))));
    return new ObjectiveSet(next);
  }

  /** This set and an objective that it does not have, with its versions. */
  ObjectiveSet with(ObjectiveHistory history) {
    Map<String, ObjectiveHistory> next = new TreeMap<>(byId);
    next.put(history.id(), history);
    return new ObjectiveSet(next);
  }

  /** Whether some version of an objective is in it. */
  public boolean has(String id) {
    return byId.containsKey(id);
  }

  /** Of all objectives. */
  Set<String> ids() {
    return byId.keySet();
  }

  /** Every objective with its versions, by id. */
  Collection<ObjectiveHistory> histories() {
    return byId.values();
  }

  /**
   * The thresholds of all latency objectives and the bounds of their histograms, ascending, without
   * repetition: where calls must be counted exactly. Where there are too many, thresholds come
   * first: they decide. Bounds of {@link DurationBuckets} are counted anyway.
   */
  public List<Long> latencyThresholdNanos() {
    return Stream.concat(
            latencies().map(ObjectiveVersion::thresholdNanos).sorted(),
            latencies()
                .flatMap(version -> version.durations().all().stream())
                .filter(bound -> !DurationBuckets.isBound(bound))
                .sorted())
        .distinct()
        .limit(MAX_THRESHOLDS)
        .sorted()
        .toList();
  }

  private Stream<ObjectiveVersion> latencies() {
    return byId.values().stream()
        .flatMap(history -> history.versions().stream())
        .filter(version -> version.sli() == Sli.LATENCY && version.selectorId() == 0);
  }

  /** This set without an objective. */
  public ObjectiveSet without(String id) {
    Map<String, ObjectiveHistory> next = new TreeMap<>(byId);
    next.remove(id);
    return new ObjectiveSet(next);
  }

  public int size() {
    return byId.size();
  }

  public boolean isEmpty() {
    return byId.isEmpty();
  }

  /** The latest version of each objective, by id. */
  public List<ObjectiveVersion> latest() {
    return byId.values().stream().map(ObjectiveHistory::latest).toList();
  }

  /** What applies to a subject: done once per subject, so that no observation pays for the rest. */
  List<ObjectiveHistory> matching(SubjectKey subject) {
    List<ObjectiveHistory> matching = new ArrayList<>();
    for (ObjectiveHistory history : byId.values()) {
      List<ObjectiveVersion> versions =
          history.versions().stream().filter(v -> v.matches(subject)).toList();
      // A version that does not match still ends the one before it.
      if (!versions.isEmpty()) {
        matching.add(history);
      }
    }
    return matching;
  }

  /** Every window that some objective looks through, and those of burn rates. */
  List<Window> allWindows() {
    Set<Window> windows = new LinkedHashSet<>(Window.BURN_RATES);
    byId.values().forEach(h -> h.versions().forEach(v -> windows.add(v.period())));
    return List.copyOf(windows);
  }
}
