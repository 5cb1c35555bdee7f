// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

  /** With one more version; it replaces one of the same time. */
  ObjectiveHistory with(ObjectiveVersion added) {
    List<ObjectiveVersion> all = new ArrayList<>(versions);
    all.removeIf(v -> v.effectiveFromMillis() == added.effectiveFromMillis());
    all.add(added);
    all.sort(Comparator.comparingLong(ObjectiveVersion::effectiveFromMillis));
    return new ObjectiveHistory(all);
  }
}
