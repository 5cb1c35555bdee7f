// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The objectives in force: the defaults and those of files. */
public final class ActiveObjectives {
  private ActiveObjectives() {}

  /** The defaults and {@code files}; an objective with the id of a default replaces it. */
  public static List<Slo> with(List<Slo> files) {
    Map<String, Slo> byId = new LinkedHashMap<>();
    DefaultObjectives.all().forEach(slo -> byId.put(slo.id(), slo));
    files.forEach(slo -> byId.put(slo.id(), slo));
    return List.copyOf(byId.values());
  }

  /** Those of {@code active} that the defaults do not give anyway. */
  static List<Slo> ofFiles(List<Slo> active) {
    List<Slo> defaults = DefaultObjectives.all();
    return active.stream().filter(slo -> !defaults.contains(slo)).toList();
  }
}
