// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import java.util.Comparator;

/**
 * Whose numbers: the labels that every package series has.
 *
 * @param service {@code service.namespace/service.name}, or the name alone
 * @param version {@code unknown} where the resource has none
 * @param goPackage import path, {@code std}, {@code main@service} or {@code (unattributed)}
 */
record Subject(String service, String version, String goPackage) implements Comparable<Subject> {
  private static final Comparator<Subject> ORDER =
      Comparator.comparing(Subject::service)
          .thenComparing(Subject::version)
          .thenComparing(Subject::goPackage);

  @Override
  public int compareTo(Subject other) {
    return ORDER.compare(this, other);
  }
}
