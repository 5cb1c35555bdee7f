// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.Overflow;

/** Who calls: a package of a service, whatever its version. */
public record CallerKey(String service, String goPackage) implements Comparable<CallerKey> {
  /** Callers over the bound count as this one. */
  static final CallerKey OTHERS = new CallerKey(Overflow.NAME, Overflow.NAME);

  @Override
  public int compareTo(CallerKey other) {
    int byService = service.compareTo(other.service);
    return byService != 0 ? byService : goPackage.compareTo(other.goPackage);
  }
}
