// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.report.JsonReport;
import io.pkgslo.alerts.objective.report.SarifReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pkgslo validate}: whether objective files mean what their author meant. */
@Command(
    name = "validate",
    description = {
      "Checks objectives: files of OpenSLO, pkg.yaml beside code, and annotations in Go source.",
      "Lists every problem as file:line:column: what was found, what is expected."
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo validate slo/           every *.yaml and *.yml below slo",
      "  pkgslo validate checkout.yaml",
      "  pkgslo validate --format sarif slo/ > pkgslo.sarif",
      "",
      ExitCodes.TEXT
    })
final class ValidateCommand implements Callable<Integer> {
  /** How problems are listed. */
  enum Format {
    TEXT,
    JSON,
    SARIF
  }

  @Parameters(paramLabel = "FILE|DIR", description = "The file or directory to check.")
  private Path path = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "text|json|sarif",
      defaultValue = "text",
      description = {
        "text: problems on standard error. json, sarif: a report on standard output.",
        "Default: text."
      })
  private Format format = Format.TEXT;

  private final Console console;

  ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Objectives objectives = ObjectiveFiles.read(path);
    switch (format) {
      case TEXT -> printText(objectives);
      case JSON -> console.out().print(JsonReport.of(objectives));
      case SARIF -> console.out().print(SarifReport.of(objectives));
    }
    console.out().flush();
    return objectives.isValid() ? ExitCodes.YES : ExitCodes.BAD_ARGUMENTS;
  }

  private void printText(Objectives objectives) {
    objectives.problems().forEach(console.err()::println);
    if (objectives.isValid()) {
      int count = objectives.slos().size();
      console.out().println(count == 1 ? "1 objective is valid" : count + " objectives are valid");
    }
  }
}
