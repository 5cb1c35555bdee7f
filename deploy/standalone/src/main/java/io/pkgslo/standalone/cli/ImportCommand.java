// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.alerts.objective.foreign.ForeignFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pkgslo import}: objectives of other tools as OpenSLO v1. */
@Command(
    name = "import",
    description = {
      "Turns objectives of Sloth, Pyrra and OpenSLO v1alpha into OpenSLO v1.",
      "What cannot be carried over is listed on standard error, and as comments."
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo import sloth.yaml > slo.yaml",
      "  pkgslo import pyrra/ -o slo/pyrra.yaml && pkgslo validate slo/",
      "",
      ExitCodes.TEXT
    })
final class ImportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE|DIR", description = "The file or directory to read.")
  private Path path = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Write to a file instead of standard output.")
  private @Nullable Path out;

  private final Console console;

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ForeignFiles.Imported imported = ForeignFiles.read(path);
    imported.problems().forEach(console.err()::println);
    if (!imported.isComplete()) {
      console.err().println("pkgslo: nothing is written, since there are errors");
      return ExitCodes.BAD_ARGUMENTS;
    }
    if (out == null) {
      console.out().print(imported.text());
      console.out().flush();
    } else {
      Files.writeString(out, imported.text());
      console.err().println("pkgslo: wrote " + imported.count() + " objectives to " + out);
    }
    return ExitCodes.YES;
  }
}
