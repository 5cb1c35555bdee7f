// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.Comparator;

/**
 * What one sequence of counts is about.
 *
 * @param goPackage the import path, or the service's bucket {@code (unattributed)}
 * @param sli what is counted
 */
public record SeriesKey(String goPackage, Sli sli) implements Comparable<SeriesKey> {

  private static final Comparator<SeriesKey> ORDER =
      Comparator.comparing(SeriesKey::goPackage).thenComparing(SeriesKey::sli);

  public SeriesKey {
    if (goPackage.isBlank()) {
      throw new IllegalArgumentException("a series needs a package");
    }
  }

  @Override
  public int compareTo(SeriesKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return goPackage + " " + sli.wireName();
  }
}
