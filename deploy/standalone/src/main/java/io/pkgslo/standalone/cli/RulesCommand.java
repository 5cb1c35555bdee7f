// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.rule.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
      "  pkgslo rules --defaults slo/ -o pkgslo-rules.yaml",
      "  pkgslo rules --defaults -o pkgslo-rules.yaml && promtool check rules pkgslo-rules.yaml",
      "",
      ExitCodes.TEXT
    })
final class RulesCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE|DIR",
      description = "OpenSLO files whose objectives get rules.")
  private @Nullable Path files;

  @Option(
      names = "--defaults",
      description = {
        "Rules of the three objectives that every package has.",
        "Default: only where no file is named."
      })
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
    String rules = RuleFile.of(objectives());
    if (out == null) {
      console.out().print(rules);
      console.out().flush();
    } else {
      Files.writeString(out, rules);
      console.err().println("pkgslo: wrote " + out);
    }
    return ExitCodes.YES;
  }

  private List<Slo> objectives() {
    if (files == null) {
      return DefaultObjectives.all();
    }
    Objectives read = ObjectiveFiles.read(files);
    read.problems().forEach(console.err()::println);
    if (!read.isValid()) {
      throw new BadArgumentsException(files + " has errors, see above");
    }
    List<Slo> slos = new ArrayList<>(defaults ? DefaultObjectives.all() : List.of());
    Set<String> replaced = read.slos().stream().map(Slo::id).collect(Collectors.toSet());
    slos.removeIf(slo -> replaced.contains(slo.id()));
    slos.addAll(read.slos());
    return slos;
  }
}
