// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.alerts.rule.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pkgslo rules}: Prometheus alert rules for objectives. */
@Command(
    name = "rules",
    description = {
      "Writes the Prometheus alert rules of objectives: burn rates in several windows, budgets,",
      "and the health of pkgslo itself. They load in Prometheus 2.42 and later."
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo rules --defaults > pkgslo-rules.yaml",
      "  pkgslo rules --defaults -o pkgslo-rules.yaml && promtool check rules pkgslo-rules.yaml",
      "",
      ExitCodes.TEXT
    })
final class RulesCommand implements Callable<Integer> {
  @Option(
      names = "--defaults",
      required = true,
      description = "Rules of the three objectives that every package has.")
  private boolean defaults;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Write to a file instead of standard output.")
  private @Nullable Path out;

  private final Console console;

  RulesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (!defaults) {
      throw new BadArgumentsException("expected --defaults");
    }
    String rules = RuleFile.of(DefaultObjectives.all());
    if (out == null) {
      console.out().print(rules);
      console.out().flush();
    } else {
      Files.writeString(out, rules);
      console.err().println("pkgslo: wrote " + out);
    }
    return ExitCodes.YES;
  }
}
