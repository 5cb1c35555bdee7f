// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.standalone.demo.DemoReport;
import io.pkgslo.standalone.demo.DemoReport.VerdictRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everyCommand_explainsItselfWithExamples() {
    CommandLine root = PkgsloCli.commandLine(new Console(writer(out), writer(err)));
    for (String name : root.getSubcommands().keySet()) {
      if (!name.equals("help")) {
        out.getBuffer().setLength(0);
        assertThat(run(name, "--help")).isZero();
        assertThat(out.toString())
            .startsWith("Usage: pkgslo " + name)
            .contains("Examples:", "  pkgslo " + name)
            .contains("Exit codes: 0 yes, 2 bad arguments, 3 could not ask, 10 hold, 20 rollback.");
      }
    }
    assertThat(root.getSubcommands().keySet())
        .contains("demo", "up", "broker", "record", "validate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help", "help demo"})
  void help_isAResultAndNoError(String line) {
    assertThat(run(line.split(" "))).isZero();
    assertThat(out.toString()).contains("Usage: pkgslo");
    assertThat(err.toString()).isEmpty();
  }

  /** Wrong arguments say what was expected, on standard error only, and exit with 2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|expected a command",
        "dance|Unmatched argument at index 0: 'dance'",
        "demo --onse|Unknown option: '--onse'",
        "demo --port 99999|expected a port from 0 to 65535, not '99999'",
        "demo --innocent --recording x|expected --innocent or --recording, not both",
        "demo --recording no-such-file|there is no recording no-such-file",
        "up --kafka kafka|expected host:port[,host:port...], not 'kafka'",
        "up --kafka kafka:9092,kafka:99999|expected host:port[,host:port...]",
        "up --otlp-grpc-port -1|expected a port from 0 to 65535, not '-1'",
        "up --objectives no-such-dir|no-such-dir:1:1: nothing is there, expected a file or directory",
        "validate|Missing required parameter",
        "validate no-such-dir|no-such-dir:1:1: nothing is there, expected a file or directory",
        "validate --format xml no-such-dir|expected one of [TEXT, JSON, SARIF]",
        "import no-such-dir|no-such-dir:1:1: nothing is there, expected a file or directory",
        "metrics no-such-dir|no-such-dir:1:1: nothing is there, expected a file or directory",
        "broker --retention 5|expected a duration such as 15s, 90m, 24h or 7d, not '5'",
        "broker --property novalue|KEY=VALUE",
        "dlq|Missing required parameter: 'ACTION'",
        "dlq eat --kafka a:1|Invalid value for positional parameter",
        "dlq list|Missing required option: '--kafka=HOST:PORT'",
        "dlq list --kafka a:1 --limit 0|--limit: expected 1 or more, not 0",
        "dlq show --kafka a:1|show wants a place, such as otlp_spans.dlq-0@17",
        "dlq show otlp --kafka a:1|expected TOPIC-PARTITION@OFFSET",
        "gate --service s|Missing required option: '--version=VERSION'",
        "gate --service s --version v --wait soon|expected a duration such as 15s",
        "gate --service s --version v --url pkgslo:8080|expected an address such as https://",
        "gate --service s --version v --token-file no-such-file|no-such-file: no such file",
        "record --out x --name y|Missing required option: '--kafka=HOST:PORT'",
        "record --kafka a:1 --out x --name y --expect colour=red|--expect knows the keys"
      })
  void badArguments_exitWith2AndSayWhatWasExpected(String line, String message) {
    String[] args =
        Arrays.stream(line.split(" ")).filter(arg -> !arg.isEmpty()).toArray(String[]::new);
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void validate_countsWhatIsValidOnStandardOutput(@TempDir Path dir) throws IOException {
    Files.writeString(
        dir.resolve("a.yaml"),
        """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: shop}
        spec:
          service: shop
          indicator:
            spec:
              ratioMetric:
                bad: &calls {metricSource: {type: pkgslo, spec: {sli: availability}}}
                total: *calls
          timeWindow: [{duration: 30d, isRolling: true}]
          budgetingMethod: Occurrences
          objectives: [{target: 0.9}]
        """);

    assertThat(run("validate", dir.toString())).isZero();
    assertThat(out.toString()).isEqualTo("1 objective is valid" + System.lineSeparator());
    assertThat(err.toString()).contains("a.yaml:3:18: warning: the tier of 1h");
  }

  @Test
  void validate_writesAReportWhereAFormatIsNamed(@TempDir Path dir) throws IOException {
    Files.writeString(dir.resolve("a.yaml"), "nothing: here\n");

    assertThat(run("validate", "--format", "sarif", dir.toString())).isEqualTo(2);
    assertThat(out.toString()).contains("\"version\" : \"2.1.0\"", "unknown key 'nothing'");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void importedFile_isValidAndTellsWhatIsLost(@TempDir Path dir) throws IOException {
    Path sloth =
        Files.writeString(
            dir.resolve("sloth.yaml"),
            """
            version: prometheus/v1
            service: till
            slos:
              - name: orders
                objective: 99
                sli:
                  events:
                    error_query: sum(rate(bad_total[{{.window}}]))
                    total_query: sum(rate(all_total[{{.window}}]))
                alerting: {name: Till}
            """);
    Path slo = dir.resolve("slo.yaml");

    assertThat(run("import", sloth.toString(), "-o", slo.toString())).isZero();
    assertThat(err.toString())
        .contains("sloth.yaml:10:22: warning: slos[0].alerting.name is not carried over");
    assertThat(Files.readString(slo)).contains("# ").contains("name: till-orders");
    assertThat(run("validate", slo.toString())).isZero();
  }

  @Test
  void metrics_writesThePageAndTheRules(@TempDir Path dir) throws IOException {
    Files.writeString(dir.resolve("a.go"), "// @alert:TillDown up == 0\npackage a\n");
    Path rules = dir.resolve("rules.yaml");

    assertThat(run("metrics", dir.toString(), "--rules", rules.toString())).isZero();
    assertThat(out.toString()).contains("| `TillDown` | warning | 5m | `up == 0` | a.go:1 |");
    assertThat(Files.readString(rules)).contains("alert: TillDown").contains("for: 5m");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 10",
    "promote, 0",
    "hold, 10",
    "rollback, 20",
    "promote hold, 10",
    "rollback promote hold, 20",
    "something-new, 10"
  })
  void exitCode_isOfTheGravestVerdict(String verdicts, int expected) {
    List<VerdictRow> rows =
        Arrays.stream(verdicts.split(" "))
            .filter(v -> !v.isEmpty())
            .map(v -> new VerdictRow("s", "v2", "v1", v, null, "", null))
            .toList();
    assertThat(DemoCommand.exitCode(new DemoReport(List.of(), rows))).isEqualTo(expected);
  }

  private int run(String... args) {
    return PkgsloCli.commandLine(new Console(writer(out), writer(err))).execute(args);
  }

  private static PrintWriter writer(StringWriter target) {
    return new PrintWriter(target, true);
  }
}
