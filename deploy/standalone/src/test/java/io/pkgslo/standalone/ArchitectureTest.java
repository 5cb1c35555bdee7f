// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The boundaries of modules and stages. This module sees all others, so the rules stand here.
 *
 * <p>A change of a rule needs an entry in a RATIONALE.md.
 */
@AnalyzeClasses(packages = "io.pkgslo", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] KAFKA = {"org.apache.kafka.."};
  private static final String[] FRAMEWORK = {
    "io.quarkus..",
    "io.vertx..",
    "jakarta.enterprise..",
    "jakarta.inject..",
    "jakarta.ws.rs..",
    "org.eclipse.microprofile..",
    "io.smallrye..",
    "java.net.http.."
  };
  private static final String PROMETHEUS = "io.prometheus..";

  /** A service's root package wires its stages; the stages stand below it. */
  private static final String[] WIRING = {
    "io.pkgslo.ingest", "io.pkgslo.analyzer", "io.pkgslo.alerts"
  };

  /** Edges to Kafka that are named after what they do; each by name, so that no other slips in. */
  private static final Set<String> FURTHER_KAFKA_EDGES =
      Set.of(
          "io.pkgslo.alerts.act.VerdictConsumer",
          "io.pkgslo.alerts.gate.ViewConsumer",
          "io.pkgslo.alerts.rollout.OrderPublisher",
          "io.pkgslo.alerts.rollout.PendingMinutes",
          "io.pkgslo.alerts.rollout.VerdictWriter");

  /** What surrounds the services may use everything. */
  private static final String[] SURROUNDINGS = {
    "io.pkgslo.platform..",
    "io.pkgslo.broker..",
    "io.pkgslo.standalone..",
    "io.pkgslo.benchmarks..",
    "io.pkgslo.testing.."
  };

  @ArchTest
  static final ArchRule ingest_knowsNoOtherService =
      noClasses()
          .that()
          .resideInAPackage("io.pkgslo.ingest..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.pkgslo.analyzer..", "io.pkgslo.alerts..", "io.pkgslo.standalone..")
          .because("services share the model and topics, nothing else")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule analyzer_knowsNoOtherService =
      noClasses()
          .that()
          .resideInAPackage("io.pkgslo.analyzer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.pkgslo.ingest..", "io.pkgslo.alerts..", "io.pkgslo.standalone..")
          .because("services share the model and topics, nothing else")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule alerts_knowsNoOtherService =
      noClasses()
          .that()
          .resideInAPackage("io.pkgslo.alerts..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.pkgslo.ingest..", "io.pkgslo.analyzer..", "io.pkgslo.standalone..")
          .because("services share the model and topics, nothing else")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule model_needsOnlyJdkAndProtobuf =
      classes()
          .that()
          .resideInAPackage("io.pkgslo.model..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "com.google.protobuf..", "org.jspecify..", "io.pkgslo.model..");

  @ArchTest
  static final ArchRule golang_knowsNeitherKafkaNorFramework =
      noClasses()
          .that()
          .resideInAPackage("io.pkgslo.golang..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(concat(KAFKA, FRAMEWORK)))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule kafka_staysAtTheEdges =
      noClasses()
          .that(
              areNot(
                  resideInAnyPackage(SURROUNDINGS)
                      .or(resideInAnyPackage(WIRING))
                      .or(inStage("record", "publish", "ledger", "objective"))
                      .or(named("Processor", "Store", "Topology"))
                      .or(oneOf(FURTHER_KAFKA_EDGES))))
          .should()
          .dependOnClassesThat(resideInAnyPackage(KAFKA));

  @ArchTest
  static final ArchRule frameworks_stayAtTheEdges =
      noClasses()
          .that(
              areNot(
                  resideInAnyPackage(SURROUNDINGS)
                      .or(resideInAnyPackage(WIRING))
                      .or(
                          inStage(
                              "record",
                              "publish",
                              "export",
                              "objective",
                              "ledger",
                              "gate",
                              "page",
                              "act"))))
          .should()
          .dependOnClassesThat(resideInAnyPackage(FRAMEWORK));

  @ArchTest
  static final ArchRule prometheus_staysInExport =
      noClasses()
          .that(
              areNot(
                  resideInAnyPackage(SURROUNDINGS)
                      .or(resideInAnyPackage(WIRING))
                      .or(inStage("export"))
                      .or(named("Meters"))))
          .should()
          .dependOnClassesThat(resideInAPackage(PROMETHEUS));

  @ArchTest
  static final ArchRule wallClock_isInjected =
      noClasses()
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .because("time comes from a java.time.Clock that a test can set");

  /** A stage is a folder below a module, with all folders below it. */
  private static DescribedPredicate<JavaClass> inStage(String... stages) {
    String[] packages = new String[stages.length];
    for (int i = 0; i < stages.length; i++) {
      packages[i] = "io.pkgslo.*." + stages[i] + "..";
    }
    return resideInAnyPackage(packages);
  }

  private static DescribedPredicate<JavaClass> oneOf(Set<String> names) {
    return DescribedPredicate.describe(
        "one of " + names, type -> names.contains(outermost(type).getName()));
  }

  /** By the name of the outermost class: what is nested belongs to it. */
  private static DescribedPredicate<JavaClass> named(String... endings) {
    return DescribedPredicate.describe(
        "named *" + String.join(", *", endings),
        type ->
            Arrays.stream(endings).anyMatch(end -> outermost(type).getSimpleName().endsWith(end)));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }

  private static DescribedPredicate<JavaClass> areNot(DescribedPredicate<? super JavaClass> other) {
    return DescribedPredicate.not(other).forSubtype();
  }

  private static String[] concat(String[] a, String[] b) {
    return Stream.of(a, b).flatMap(Arrays::stream).toArray(String[]::new);
  }
}
