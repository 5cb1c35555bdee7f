// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.golang.ExplainText;
import io.pkgslo.golang.stack.BlamePolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pkgslo explain}: what pkgslo sees in text that a Go program wrote. */
@Command(
    name = "explain",
    description = {
      "Says what pkgslo sees in the output of a Go program, in log records, in one OTLP message",
      "(traces, logs or metrics, JSON or protobuf), or in one Go symbol, file or type: panics and",
      "the package to blame, inits and their times, packages and what decided for each."
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo explain crash.stderr",
      "  pkgslo explain --json traces.otlp.json",
      "  kubectl logs -p pod | pkgslo explain -",
      "  pkgslo explain --json --symbol 'github.com/acme/shop/pkg/yaml%%2ev3.(*Decoder).Decode'",
      "",
      ExitCodes.TEXT
    })
final class ExplainCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "-",
      description =
          "A file of text or one OTLP message; - for standard input, which is the default.")
  private String file = "-";

  @Option(
      names = "--symbol",
      paramLabel = "TEXT",
      description = "Explain this Go symbol, file or type instead of a file.")
  private String symbol = "";

  @Option(names = "--json", description = "Write one JSON document.")
  private boolean json;

  private final Console console;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Explanation explanation = explanation();
    if (json) {
      console.out().println(explanation.json());
    } else {
      explanation.print(console.out());
    }
    console.out().flush();
    return ExitCodes.YES;
  }

  private Explanation explanation() throws IOException {
    if (!symbol.isEmpty()) {
      return ofText(symbol);
    }
    byte[] bytes = bytes();
    Explanation otlp = OtlpExplainer.explain(bytes, ServiceSettings.read());
    return otlp == null ? ofText(new String(bytes, StandardCharsets.UTF_8)) : otlp;
  }

  /** Where the program was built on this machine, its modules say which packages files are of. */
  private static Explanation ofText(String text) {
    ServiceSettings settings = ServiceSettings.read();
    Map<String, String> roots = new HashMap<>(LocalModules.rootsOf(text));
    roots.putAll(settings.code().blame().sourceRoots());
    BlamePolicy policy = settings.code().blame().withSourceRoots(roots);
    List<String> modules = settings.attribute().packages().modulePrefixes();
    return Explanation.of(new ExplainText(policy, modules).explain(text));
  }

  private byte[] bytes() throws IOException {
    if (file.equals("-")) {
      return System.in.readAllBytes();
    }
    Path path = Path.of(file);
    if (!Files.isRegularFile(path)) {
      throw new BadArgumentsException(file + ": expected a file, or - for standard input");
    }
    return Files.readAllBytes(path);
  }
}
