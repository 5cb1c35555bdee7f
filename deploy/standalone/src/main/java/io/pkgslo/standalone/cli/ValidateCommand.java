// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pkgslo validate}: whether objective files mean what their author meant. */
@Command(
    name = "validate",
    description = {
      "Checks objectives in files of OpenSLO v1.",
      "Lists every problem as file:line:column: what was found, what is expected."
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo validate slo/           every *.yaml and *.yml below slo",
      "  pkgslo validate checkout.yaml",
      "",
      ExitCodes.TEXT
    })
final class ValidateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE|DIR", description = "The file or directory to check.")
  private Path path = Path.of("");

  private final Console console;

  ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Objectives objectives = ObjectiveFiles.read(path);
    objectives.problems().forEach(console.err()::println);
    if (!objectives.isValid()) {
      return ExitCodes.BAD_ARGUMENTS;
    }
    int count = objectives.slos().size();
    console.out().println(count == 1 ? "1 objective is valid" : count + " objectives are valid");
    return ExitCodes.YES;
  }
}
