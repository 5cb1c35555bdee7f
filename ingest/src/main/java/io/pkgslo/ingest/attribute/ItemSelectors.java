// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.model.wire.Objective;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The selectors of all objectives that have one. Immutable: a change makes another set, and whoever
 * holds an older one sees by identity that it is outdated.
 *
 * <p>A changed selector stays beside the new one, as items of a time before the change may still
 * come: the analyzer takes for each time what the objective said then.
 */
public final class ItemSelectors {
  /** No objective has a selector. */
  public static final ItemSelectors NONE = new ItemSelectors(Map.of());

  /** Versions of one objective that are applied at the same time. */
  private static final int MOST_VERSIONS = 3;

  private final Map<String, List<Selector>> byObjective;
  private final List<Selector> spans = new ArrayList<>();
  private final List<Selector> logs = new ArrayList<>();
  private final List<Selector> metrics = new ArrayList<>();

  private ItemSelectors(Map<String, List<Selector>> byObjective) {
    this.byObjective = byObjective;
    Set<Long> known = new HashSet<>();
    for (List<Selector> versions : byObjective.values()) {
      versions.stream().filter(selector -> known.add(selector.id())).forEach(this::add);
    }
  }

  private void add(Selector selector) {
    switch (selector.sli()) {
      case LATENCY, AVAILABILITY -> spans.add(selector);
      case LOG -> logs.add(selector);
      case METRIC -> metrics.add(selector);
      case INIT_LATENCY, PANIC_RATE, RUNTIME, SLI_UNSPECIFIED, UNRECOGNIZED -> {
        // They have none; one that claims to is reported by the analyzer.
      }
    }
  }

  /**
   * This set and what an objective says now.
   *
   * @throws IllegalArgumentException when its selector cannot be read
   */
  public ItemSelectors with(Objective objective) {
    List<Selector> versions =
        new ArrayList<>(byObjective.getOrDefault(objective.getId(), List.of()));
    if (objective.hasSelector()) {
      Selector selector = Selector.of(objective);
      versions.removeIf(former -> former.id() == selector.id());
      versions.add(selector);
    }
    if (versions.isEmpty()) {
      return this;
    }
    Map<String, List<Selector>> next = new TreeMap<>(byObjective);
    int surplus = Math.max(0, versions.size() - MOST_VERSIONS);
    next.put(objective.getId(), List.copyOf(versions.subList(surplus, versions.size())));
    return new ItemSelectors(next);
  }

  /** This set without an objective. */
  public ItemSelectors without(String id) {
    if (!byObjective.containsKey(id)) {
      return this;
    }
    Map<String, List<Selector>> next = new TreeMap<>(byObjective);
    next.remove(id);
    return new ItemSelectors(next);
  }

  List<Selector> spans() {
    return spans;
  }

  List<Selector> logs() {
    return logs;
  }

  List<Selector> metrics() {
    return metrics;
  }
}
