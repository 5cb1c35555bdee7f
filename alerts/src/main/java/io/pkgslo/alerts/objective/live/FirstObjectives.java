// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.live;

import io.pkgslo.alerts.objective.ActiveObjectives;
import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.Slo;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The objectives that a service begins with. Files that break while it is down must not keep it
 * down: rollouts are to be judged and pages sent by whatever was in force before.
 *
 * @param slos empty while it is not known yet what was in force before
 * @param problem why the files are not in force; null when they are
 */
public record FirstObjectives(List<Slo> slos, @Nullable String problem) {
  private static final Logger LOG = Logger.getLogger(FirstObjectives.class);

  public FirstObjectives {
    slos = List.copyOf(slos);
  }

  /**
   * Those of {@code directory} and the built-in ones; with an error in it none at all, since the
   * built-in ones alone would end what is in force. Asks nobody, so that a service can start with
   * it.
   *
   * @param directory null when there are only the built-in objectives
   */
  public static FirstObjectives ofFiles(@Nullable Path directory) {
    if (directory == null) {
      return new FirstObjectives(DefaultObjectives.all(), null);
    }
    Objectives files = ObjectiveFiles.read(directory);
    return files.isValid()
        ? valid(files)
        : new FirstObjectives(
            List.of(), files.report() + "\nwhat was in force last is known when Kafka answers");
  }

  /**
   * Those of {@code directory} and the built-in ones; with an error in it the set that was in force
   * last, or the built-in ones alone.
   *
   * @param directory null when there are only the built-in objectives
   * @param lastGood asked on errors only; gives null when there is none
   */
  public static FirstObjectives of(
      @Nullable Path directory, Supplier<@Nullable List<Slo>> lastGood) {
    if (directory == null) {
      return ofFiles(null);
    }
    Objectives files = ObjectiveFiles.read(directory);
    if (files.isValid()) {
      return valid(files);
    }
    List<Slo> last = lastGood.get();
    String instead =
        last == null
            ? "only the built-in objectives are in force"
            : "the last valid set of " + last.size() + " is in force";
    String problem = files.report() + "\n" + instead;
    LOG.errorf("objectives in %s are not valid, %s:%n%s", directory, instead, files.report());
    return new FirstObjectives(ActiveObjectives.with(last == null ? List.of() : last), problem);
  }

  private static FirstObjectives valid(Objectives files) {
    files.problems().forEach(LOG::warn);
    return new FirstObjectives(ActiveObjectives.with(files.slos()), null);
  }
}
