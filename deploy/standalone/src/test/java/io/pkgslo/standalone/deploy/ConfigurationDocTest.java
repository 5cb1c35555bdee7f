// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** docs/configuration.md says what the code does: no setting too many, none too few. */
class ConfigurationDocTest {
  private static final String FILE = "docs/configuration.md";
  private static final String COMMAND = "./pkgslo ";

  @Test
  void settings_areDocumentedWithTypeAndDefault() {
    assertThat(documentedSettings()).containsExactlyInAnyOrderElementsOf(declaredSettings());
  }

  /** Name, type and default of each; a default that is not code says what happens without. */
  private static List<String> documentedSettings() {
    List<String> settings = new ArrayList<>();
    for (MarkdownRow row : MarkdownRow.of(FILE)) {
      if (row.name().startsWith("pkgslo.") && !row.name().startsWith("pkgslo.kafka.")) {
        String value = row.isCode(2) ? row.unquoted(2) : "none";
        settings.add(row.name() + ", " + row.cells().get(1) + ", " + value);
      }
    }
    return settings;
  }

  private static List<String> declaredSettings() {
    return Setting.all().stream()
        .map(s -> s.name() + ", " + s.type() + ", " + or(s.defaultValue(), "none"))
        .toList();
  }

  private static String or(String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  @Test
  void kafkaSettings_areDocumented() {
    assertThat(MarkdownRow.of(FILE))
        .extracting(MarkdownRow::name)
        .contains("pkgslo.kafka.bootstrap.servers", "pkgslo.kafka.*");
  }

  @Test
  void rows_areComplete() {
    assertThat(MarkdownRow.of(FILE))
        .filteredOn(row -> row.name().startsWith("pkgslo."))
        .allSatisfy(row -> assertThat(row.cells()).as(row.name()).hasSize(4).doesNotContain(""));
  }

  @Test
  void options_areDocumentedWithDefault() throws ReflectiveOperationException {
    assertThat(documentedOptions()).isEqualTo(declaredOptions());
  }

  private static Map<String, String> documentedOptions() {
    Map<String, String> options = new TreeMap<>();
    for (MarkdownRow row : MarkdownRow.of(FILE)) {
      if (row.heading().startsWith(COMMAND) && row.name().startsWith("--")) {
        String command = row.heading().substring(COMMAND.length());
        String value = row.isCode(1) ? row.unquoted(1) : "none";
        options.put(command + " " + row.name().split(" ", 2)[0], value);
      }
    }
    return options;
  }

  private static Map<String, String> declaredOptions() throws ReflectiveOperationException {
    Map<String, String> options = new TreeMap<>();
    commandLine()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.usageHelp()) {
                  String value = option.defaultValue();
                  options.put(name + " " + option.longestName(), value == null ? "none" : value);
                }
              }
            });
    return options;
  }

  /** The command line is package-private, and nobody but this test wants it. */
  private static CommandLine commandLine() throws ReflectiveOperationException {
    String cli = "io.pkgslo.standalone.cli.";
    Class<?> console = Class.forName(cli + "Console");
    Constructor<?> quiet = console.getDeclaredConstructor(PrintWriter.class, PrintWriter.class);
    quiet.setAccessible(true);
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Method make = Class.forName(cli + "PkgsloCli").getDeclaredMethod("commandLine", console);
    make.setAccessible(true);
    return (CommandLine) make.invoke(null, quiet.newInstance(nowhere, nowhere));
  }
}
