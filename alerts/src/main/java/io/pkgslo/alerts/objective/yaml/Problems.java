// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects the problems of all files; for one thread. It keeps the first {@value #MOST}: nobody
 * reads more, and a hostile file could make millions.
 */
public final class Problems {
  public static final int MOST = 1_000;

  /** A set, because a value that is used by an alias is read at each use. */
  private final Set<Problem> found = new HashSet<>();

  private int unlisted;
  private int errors;

  public void error(String file, int line, int column, String message) {
    errors++;
    add(new Problem(file, line, column, Problem.Severity.ERROR, message));
  }

  public void warning(String file, int line, int column, String message) {
    add(new Problem(file, line, column, Problem.Severity.WARNING, message));
  }

  private void add(Problem problem) {
    if (found.size() < MOST) {
      found.add(problem);
    } else if (!found.contains(problem)) {
      unlisted++;
    }
  }

  /** Errors so far: a reader that sees this number grow has met a document that is not valid. */
  public int errors() {
    return errors;
  }

  /** Sorted by place. */
  public List<Problem> all() {
    List<Problem> all = new ArrayList<>(found);
    Collections.sort(all);
    if (unlisted > 0) {
      Problem last = all.get(all.size() - 1);
      // An error among those that are not listed must not get lost.
      Problem.Severity severity = errors > 0 ? Problem.Severity.ERROR : Problem.Severity.WARNING;
      all.add(
          new Problem(
              last.file(),
              last.line(),
              last.column(),
              severity,
              unlisted + " further problems are not listed"));
    }
    return List.copyOf(all);
  }
}
