// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.model.Glob;

/**
 * The subjects that an objective is for.
 *
 * @param namesItsSubjects it is meant for certain subjects and not for whatever there is
 */
record SubjectPattern(Glob service, Glob version, Glob goPackage, boolean namesItsSubjects) {
  SubjectPattern(Glob service, Glob version, Glob goPackage) {
    this(
        service,
        version,
        goPackage,
        !service.matchesEverything() || !goPackage.matchesEverything());
  }

  boolean matches(SubjectKey subject) {
    return service.matches(subject.service())
        && version.matches(subject.version())
        && goPackage.matches(subject.goPackage());
  }
}
