// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.rule.Form;
import io.pkgslo.alerts.rule.RuleFile;
import io.pkgslo.alerts.rule.RuleKind;
import io.pkgslo.alerts.rule.RuleOptions;
import io.pkgslo.alerts.rule.RuleTests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Year;
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
      "Writes the Prometheus rules of objectives: burn rates in several windows, budgets, silence,",
      "and the health of pkgslo itself. They load in Prometheus 2.42 and later."
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo rules --defaults > pkgslo-rules.yaml",
      "  pkgslo rules --defaults slo/ -o pkgslo-rules.yaml",
      "  pkgslo rules slo/ -o rules.yaml --tests tests/ && promtool test rules tests/*.yaml",
      "  pkgslo rules slo/ --form portable -o rules.yaml",
      "  pkgslo rules slo/ --kind prometheusrule | kubectl apply -f -",
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

  @Option(
      names = "--form",
      paramLabel = "FORM",
      defaultValue = "native",
      description = {
        "native: read the windows that pkgslo exports, to the event.",
        "portable: add them up in Prometheus from exported counters. Default: native."
      })
  private Form form = Form.NATIVE;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "file",
      description = {
        "file: a rule file of Prometheus.",
        "prometheusrule: resources of the Prometheus Operator. Default: file."
      })
  private RuleKind kind = RuleKind.FILE;

  @Option(
      names = "--tests",
      paramLabel = "DIR",
      description = "Also write a promtool test of each objective there; needs --out.")
  private @Nullable Path tests;

  @Option(
      names = "--link",
      paramLabel = "URL",
      description = {
        "Where pkgslo answers, for links in alerts.",
        "Default: alerts link to Prometheus' own graphs."
      })
  private @Nullable URI link;

  private final Console console;
  private final Clock clock;

  RulesCommand(Console console, Clock clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    if (tests != null && (out == null || kind != RuleKind.FILE)) {
      throw new BadArgumentsException("--tests needs --out, and --kind file: promtool reads those");
    }
    List<Slo> slos = objectives();
    RuleOptions options = new RuleOptions(form, kind, link, Year.now(clock));
    String rules = RuleFile.of(slos, options);
    if (out == null) {
      console.out().print(rules);
      console.out().flush();
    } else {
      Files.writeString(out, rules);
      console.err().println("pkgslo: wrote " + out);
      if (tests != null) {
        writeTests(slos, options, out, tests);
      }
    }
    return ExitCodes.YES;
  }

  private void writeTests(List<Slo> slos, RuleOptions options, Path rules, Path directory)
      throws IOException {
    Files.createDirectories(directory);
    String ruleFile =
        directory.toRealPath().relativize(rules.toRealPath()).toString().replace('\\', '/');
    for (Slo slo : slos) {
      Path test = directory.resolve(slo.id() + ".test.yaml");
      Files.writeString(test, RuleTests.of(slo, options, ruleFile));
    }
    console.err().println("pkgslo: wrote " + slos.size() + " tests to " + directory);
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
