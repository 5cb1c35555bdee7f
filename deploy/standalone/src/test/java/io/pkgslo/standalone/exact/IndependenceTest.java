// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** Two programs that share code share its mistakes, and agree on them. */
class IndependenceTest {
  @Test
  void counter_sharesNoCodeWithWhatItChecks() {
    noClasses()
        .that()
        .doNotHaveSimpleName(RunningServices.class.getSimpleName())
        .and()
        .doNotHaveSimpleName(ExactCountsIT.class.getSimpleName())
        .and()
        .doNotHaveSimpleName(SelectedEventsIT.class.getSimpleName())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.pkgslo.ingest..",
            "io.pkgslo.analyzer..",
            "io.pkgslo.alerts..",
            "io.pkgslo.golang..")
        .check(new ClassFileImporter().importPackages("io.pkgslo.standalone.exact"));
  }
}
