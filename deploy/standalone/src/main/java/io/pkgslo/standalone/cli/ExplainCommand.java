// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pkgslo.golang.ExplainText;
import io.pkgslo.golang.Finding;
import io.pkgslo.golang.stack.BlamePolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pkgslo explain}: what pkgslo sees in text that a Go program wrote. */
@Command(
    name = "explain",
    description = {
      "Says what pkgslo sees in the output of a Go program, in log records, or in one Go symbol,",
      "file or type: panics and the package to blame, inits and their times."
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo explain crash.stderr",
      "  kubectl logs -p pod | pkgslo explain -",
      "  pkgslo explain --json --symbol 'github.com/acme/shop/pkg/yaml%%2ev3.(*Decoder).Decode'",
      "",
      ExitCodes.TEXT
    })
final class ExplainCommand implements Callable<Integer> {
  private static final double NANOS_PER_SECOND = 1e9;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "-",
      description = "A file of text; - for standard input, which is the default.")
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
    List<Finding> findings = new ExplainText(BlamePolicy.DEFAULT, List.of()).explain(text());
    if (json) {
      console.out().println(document(findings));
    } else {
      print(findings);
    }
    console.out().flush();
    return ExitCodes.YES;
  }

  private String text() throws IOException {
    if (!symbol.isEmpty()) {
      return symbol;
    }
    if (file.equals("-")) {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Path path = Path.of(file);
    if (!Files.isRegularFile(path)) {
      throw new BadArgumentsException(file + ": expected a file, or - for standard input");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void print(List<Finding> findings) {
    if (findings.isEmpty()) {
      console.out().println("nothing that a Go program writes about panics, inits or packages");
    }
    for (Finding finding : findings) {
      if (finding instanceof Finding.PanicFound found) {
        console
            .out()
            .printf(
                "%s in %s: %s%s%n",
                found.panic().kind().name().toLowerCase(Locale.ROOT),
                found.pkg().path(),
                found.panic().message(),
                found.panic().recovered() ? " (recovered)" : "");
      } else if (finding instanceof Finding.InitFound found) {
        console
            .out()
            .printf(
                Locale.ROOT,
                "init of %s took %.6f s%n",
                found.init().pkg().path(),
                found.init().clockNanos() / NANOS_PER_SECOND);
      } else if (finding instanceof Finding.Attributed found) {
        console
            .out()
            .printf(
                "%s belongs to %s, says the %s%n",
                found.text(), found.pkg().path(), found.source());
      }
    }
  }

  private static String document(List<Finding> findings) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    ArrayNode panics = root.putArray("panics");
    ArrayNode inits = root.putArray("inits");
    ArrayNode attributions = root.putArray("attributions");
    for (Finding finding : findings) {
      if (finding instanceof Finding.PanicFound found) {
        panic(panics.addObject(), found);
      } else if (finding instanceof Finding.InitFound found) {
        inits
            .addObject()
            .put("package", found.init().pkg().path())
            .put("seconds", found.init().clockNanos() / NANOS_PER_SECOND);
      } else if (finding instanceof Finding.Attributed found) {
        attributions
            .addObject()
            .put("text", found.text())
            .put("package", found.pkg().path())
            .put("source", found.source());
      }
    }
    return mapper.writeValueAsString(root);
  }

  private static void panic(ObjectNode json, Finding.PanicFound found) {
    json.put("kind", found.panic().kind().name().toLowerCase(Locale.ROOT));
    json.put("package", found.pkg().path());
    if (found.panic().blamed() == null) {
      json.putNull("function");
    } else {
      json.put("function", found.panic().blamed().function());
    }
    json.put("message", found.panic().message());
    json.put("recovered", found.panic().recovered());
    json.put("initFailure", found.panic().initFailure());
  }
}
