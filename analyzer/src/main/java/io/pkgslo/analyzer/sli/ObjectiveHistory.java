// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one objective, each valid from its time to that of the next.
 *
 * @param versions at least one, in order of {@code effectiveFromMillis}
 */
record ObjectiveHistory(List<ObjectiveVersion> versions) {
  ObjectiveHistory {
    versions = List.copyOf(versions);
  }

  String id() {
    return latest().id();
  }

  /** True when some version has these labels and no others. */
  boolean tellsApartBy(List<String> labelNames) {
    return versions.stream().anyMatch(version -> version.tellsApartBy(labelNames));
  }

  ObjectiveVersion latest() {
    return versions.get(versions.size() - 1);
  }

  /** The version that judges an event of this time; null before the first. */
  @Nullable ObjectiveVersion at(long epochMillis) {
    for (int i = versions.size() - 1; i >= 0; i--) {
      if (versions.get(i).effectiveFromMillis() <= epochMillis) {
        return versions.get(i);
      }
    }
    return null;
  }

  /** With the versions of {@code former} that are before the first one here. */
  ObjectiveHistory after(@Nullable ObjectiveHistory former) {
    if (former == null) {
      return this;
    }
    long first = versions.get(0).effectiveFromMillis();
    List<ObjectiveVersion> all = new ArrayList<>();
    former.versions().stream().filter(v -> v.effectiveFromMillis() < first).forEach(all::add);
    all.addAll(versions);
    return new ObjectiveHistory(all);
  }

  /** Without versions whose successor judges everything from {@code epochMillis} on. */
  ObjectiveHistory since(long epochMillis) {
    int first = 0;
    while (first + 1 < versions.size()
        && versions.get(first + 1).effectiveFromMillis() <= epochMillis) {
      first++;
    }
    return new ObjectiveHistory(versions.subList(first, versions.size()));
  }

  /** The windows of every version that may judge at {@code epochMillis} or later. */
  List<Window> windowsSince(long epochMillis) {
    List<ObjectiveVersion> judging = since(epochMillis).versions();
    if (judging.size() == 1) {
      return judging.get(0).windows();
    }
    Set<Window> windows = new LinkedHashSet<>();
    judging.forEach(version -> windows.addAll(version.windows()));
    return List.copyOf(windows);
  }

  /**
   * The version that judges a slice of time: the first whose slices are as long and that is valid
   * for a part of it. Null when there is none.
   */
  @Nullable ObjectiveVersion ofSlice(long startMillis, long lengthMillis) {
    for (int i = 0; i < versions.size(); i++) {
      ObjectiveVersion version = versions.get(i);
      boolean isOver =
          i + 1 < versions.size() && versions.get(i + 1).effectiveFromMillis() <= startMillis;
      if (!isOver
          && version.effectiveFromMillis() < startMillis + lengthMillis
          && version.budgeting().sliceMillis() == lengthMillis) {
        return version;
      }
    }
    return null;
  }

  /** With one more version; it replaces one of the same time. */
  ObjectiveHistory with(ObjectiveVersion added) {
    List<ObjectiveVersion> all = new ArrayList<>(versions);
    all.removeIf(v -> v.effectiveFromMillis() == added.effectiveFromMillis());
    all.add(added);
    all.sort(Comparator.comparingLong(ObjectiveVersion::effectiveFromMillis));
    return new ObjectiveHistory(all);
  }
}
