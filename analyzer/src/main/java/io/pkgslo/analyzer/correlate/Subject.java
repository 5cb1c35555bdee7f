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

  /** True if both are one package of one service, whatever the version and process. */
  boolean isPackageOf(Subject other) {
    return goPackage.equals(other.goPackage)
        && origin.getService().equals(other.origin.getService());
  }
}
