// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import io.pkgslo.alerts.objective.code.CodeAlert;
import io.pkgslo.alerts.objective.code.CodeMetric;
import io.pkgslo.alerts.objective.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a set of objective files says.
 *
 * @param slos in the order of files and of documents within them; without those that have errors
 * @param alerts from annotations in source code; likewise {@code metrics}
 * @param problems errors and warnings, by file and place
 */
public record Objectives(
    List<Slo> slos, List<CodeAlert> alerts, List<CodeMetric> metrics, List<Problem> problems) {
  public Objectives {
    slos = List.copyOf(slos);
    alerts = List.copyOf(alerts);
    metrics = List.copyOf(metrics);
    problems = List.copyOf(problems);
  }

  /** Without anything from source code. */
  public Objectives(List<Slo> slos, List<Problem> problems) {
    this(slos, List.of(), List.of(), problems);
  }

  /** True when there is no error; only then is {@code slos} what the author meant. */
  public boolean isValid() {
    return problems.stream().noneMatch(p -> p.severity() == Problem.Severity.ERROR);
  }

  /** All problems, one per line; empty when there is none. */
  public String report() {
    return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
  }
}
