// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** The objectives in force: the defaults and those of files. */
public final class ActiveObjectives {
  private static final Logger LOG = Logger.getLogger(ActiveObjectives.class);

  private ActiveObjectives() {}

  /**
   * The defaults and what stands below {@code directory}; an objective with the id of a default
   * replaces it. Warnings are logged.
   *
   * @throws IllegalArgumentException when there are errors; the message lists all problems
   */
  public static List<Slo> withFilesOf(Path directory) {
    Objectives files = ObjectiveFiles.read(directory);
    if (!files.isValid()) {
      throw new IllegalArgumentException(
          "the objectives in " + directory + " are not valid:\n" + files.report());
    }
    files.problems().forEach(LOG::warn);
    return with(files);
  }

  /** The defaults and {@code files}; an objective with the id of a default replaces it. */
  public static List<Slo> with(Objectives files) {
    Map<String, Slo> byId = new LinkedHashMap<>();
    DefaultObjectives.all().forEach(slo -> byId.put(slo.id(), slo));
    files.slos().forEach(slo -> byId.put(slo.id(), slo));
    return List.copyOf(byId.values());
  }
}
