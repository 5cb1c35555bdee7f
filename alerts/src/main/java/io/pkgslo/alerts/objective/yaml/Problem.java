// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.yaml;

import java.util.Comparator;

/**
 * Something about an objective file that its author should know.
 *
 * @param file as the author named it, or below the directory that they named
 * @param line from 1 on; 1 where the whole file is meant, likewise {@code column}
 * @param message what was found and what is expected
 */
public record Problem(String file, int line, int column, Severity severity, String message)
    implements Comparable<Problem> {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::severity)
          .thenComparing(Problem::message);

  /** What a problem does to the files. */
  public enum Severity {
    /** The set of files is not valid. */
    ERROR,
    /** The files are valid, but do less than they seem to. */
    WARNING
  }

  /** By file and place in it. */
  @Override
  public int compareTo(Problem other) {
    return BY_PLACE.compare(this, other);
  }

  /** {@code file:line:column: what was found, what is expected}, as editors and CI read it. */
  @Override
  public String toString() {
    String note =
        switch (severity) {
          case ERROR -> "";
          case WARNING -> "warning: ";
        };
    return file + ":" + line + ":" + column + ": " + note + message;
  }
}
