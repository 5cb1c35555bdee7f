// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.alerts.objective.code.CodeRules;
import io.pkgslo.alerts.objective.code.MetricsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pkgslo metrics}: what annotations in Go source say. */
@Command(
    name = "metrics",
    description = {
      "Reads // @metric: and // @alert: from a Go source tree.",
      "Writes a page of metrics in Markdown, and the alerts as Prometheus rules."
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo metrics . > METRICS.md",
      "  pkgslo metrics . -o METRICS.md --rules alerts.yaml",
      "",
      ExitCodes.TEXT
    })
final class MetricsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The root of a Go source tree.")
  private Path path = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Write the page to a file instead of standard output.")
  private @Nullable Path out;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "Write the alerts to this file. Default: they are not written.")
  private @Nullable Path rules;

  private final Console console;

  MetricsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Objectives read = ObjectiveFiles.read(path);
    read.problems().forEach(console.err()::println);
    if (!read.isValid()) {
      return ExitCodes.BAD_ARGUMENTS;
    }
    String page = MetricsPage.of(read.metrics(), read.alerts());
    if (out == null) {
      console.out().print(page);
      console.out().flush();
    } else {
      Files.writeString(out, page);
    }
    if (rules != null) {
      Files.writeString(rules, CodeRules.of(read.alerts()));
    }
    return ExitCodes.YES;
  }
}
