// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.Origin;
import java.util.Objects;

/** A package of the process that an origin names. */
record Subject(Origin origin, String goPackage) {
  Subject {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(goPackage, "goPackage");
  }

  /** True if it is this package of the same service, whatever the version and process. */
  boolean isPackage(String otherPackage, Origin other) {
    return goPackage.equals(otherPackage) && origin.getService().equals(other.getService());
  }
}
