// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.model.Glob;

/** The subjects that an objective is for. */
record SubjectPattern(Glob service, Glob version, Glob goPackage) {
  boolean matches(SubjectKey subject) {
    return service.matches(subject.service())
        && version.matches(subject.version())
        && goPackage.matches(subject.goPackage());
  }

  /** True when it is meant for certain subjects and not for whatever there is. */
  boolean namesItsSubjects() {
    return !service.matchesEverything() || !goPackage.matchesEverything();
  }
}
