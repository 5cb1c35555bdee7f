// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pkgslo explain} on files as they lie around: stderr, OTLP as protobuf and as JSON. */
class ExplainCommandTest {
  private static final Path CRASHES = Path.of("../../golang/src/test/resources/go-crashes");
  private static final String CART = "github.com/acme/shop/pkg/cart";
  private static final long END = 1_790_000_000_000_000_000L;

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();

  private JsonNode explain(Path file) throws IOException {
    out.getBuffer().setLength(0);
    PrintWriter writer = new PrintWriter(out);
    int code =
        PkgsloCli.commandLine(new Console(writer, writer))
            .execute("explain", "--json", file.toString());
    assertThat(code).as("%s", out).isZero();
    return new ObjectMapper().readTree(out.toString());
  }

  private JsonNode explain(byte[] content) throws IOException {
    return explain(Files.write(directory.resolve("message"), content));
  }

  /** Real crashes; the packages are those that people found in them (expected.tsv). */
  @Test
  void crashes_giveTheExpectedPackage() throws IOException {
    int files = 0;
    for (String line : Files.readAllLines(CRASHES.resolve("expected.tsv"))) {
      String[] columns = line.split("\t", -1);
      Path file = CRASHES.resolve(columns[0] + ".stderr");
      if (Files.isRegularFile(file) && columns.length > 1 && columns[1].contains("/")) {
        JsonNode panics = explain(file).get("panics");
        assertThat(panics).as(columns[0]).isNotEmpty();
        assertThat(panics.get(0).get("package").asText()).as(columns[0]).isEqualTo(columns[1]);
        files++;
      }
    }
    assertThat(files).as("files of expected.tsv with an import path").isPositive();
  }

  /** Go 1.26, built without -trimpath: the stack alone names a directory and no package. */
  @Test
  void closureInlinedIntoMain_isNamedByTheModuleInItsDirectory() throws IOException {
    Path billing = Files.createDirectories(directory.resolve("shop/billing"));
    String crash =
        """
        panic: assignment to entry in nil map

        goroutine 1 [running]:
        main.main.Handler.func9(...)
        \t%s/b.go:8
        main.main()
        \t/somewhere/else/main.go:52 +0x288
        """
            .formatted(billing);
    byte[] content = crash.getBytes(StandardCharsets.UTF_8);
    assertThat(explain(content).get("panics").get(0).get("package").asText())
        .isEqualTo("(unattributed)");

    Files.writeString(directory.resolve("shop/go.mod"), "// a shop\nmodule example.com/shop\n");
    assertThat(explain(content).get("panics").get(0).get("package").asText())
        .isEqualTo("example.com/shop/billing");
  }

  /**
   * What is configured for the services decides here, too: stderr as the analyzer, OTLP as ingest.
   */
  @Test
  void settingsOfTheServices_count() throws IOException {
    String crash =
        """
        panic: boom

        goroutine 1 [running]:
        a.io/lib/must.Do(...)
        \ta.io/lib@v1.0.0/must/m.go:8
        a.io/shop/cart.Add(...)
        \ta.io/shop/cart/c.go:52
        """;
    byte[] content = crash.getBytes(StandardCharsets.UTF_8);
    assertThat(explain(content).get("panics").get(0).get("package").asText())
        .isEqualTo("a.io/lib/must");
    System.setProperty("pkgslo.ingest.attribute.owners", "a.io/shop");
    System.setProperty("pkgslo.ingest.attribute.override-attributes", "team.package");
    try {
      assertThat(explain(content).get("panics").get(0).get("package").asText())
          .isEqualTo("a.io/shop/cart");
      TracesData.Builder traces = TracesData.newBuilder();
      traces
          .addResourceSpansBuilder()
          .addScopeSpansBuilder()
          .addSpans(span(1, 0, "x").addAttributes(attribute("team.package", "a.io/shop/pay")));
      JsonNode item = explain(traces.build().toByteArray()).get("attributions").get(0);
      assertThat(item.get("package").asText()).isEqualTo("a.io/shop/pay");
    } finally {
      System.clearProperty("pkgslo.ingest.attribute.owners");
      System.clearProperty("pkgslo.ingest.attribute.override-attributes");
    }
  }

  @Test
  void jsonDocument_hasTheDocumentedForm() throws IOException {
    JsonNode document = explain(CRASHES.resolve("init-var.stderr"));
    List<String> fields = new ArrayList<>();
    document.get("panics").get(0).fieldNames().forEachRemaining(fields::add);
    assertThat(fields)
        .containsExactly("kind", "package", "function", "message", "recovered", "initFailure");
    assertThat(document.get("panics").get(0).get("initFailure").asBoolean()).isTrue();
    assertThat(document.get("panics").get(0).get("recovered").asBoolean()).isFalse();

    JsonNode init = explain(CRASHES.resolve("inittrace-exit.stderr")).get("inits").get(0);
    assertThat(init.get("package").asText()).isNotEmpty();
    assertThat(init.get("seconds").isNumber()).isTrue();
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static Span.Builder span(int id, int parent, String name) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(
                ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6}))
            .setSpanId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) id}))
            .setName(name)
            .setStartTimeUnixNano(END - 1_000_000)
            .setEndTimeUnixNano(END);
    return parent == 0
        ? span
        : span.setParentSpanId(
            ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) parent}));
  }

  private static TracesData traces() {
    Span.Event panic =
        Span.Event.newBuilder()
            .setName("exception")
            .setTimeUnixNano(END + 1)
            .addAttributes(attribute("exception.type", "runtime.boundsError"))
            .addAttributes(attribute("exception.message", "runtime error: index out of range [5]"))
            .build();
    TracesData.Builder data = TracesData.newBuilder();
    data.addResourceSpansBuilder()
        .addScopeSpansBuilder()
        .addSpans(span(1, 0, "GET /cart").setKind(Span.SpanKind.SPAN_KIND_SERVER).addEvents(panic))
        .addSpans(
            span(2, 1, "add")
                .addAttributes(attribute("code.function.name", CART + ".(*Cart).Add"))
                .addEvents(panic))
        .addSpans(span(3, 0, "lonely"))
        .getScopeBuilder()
        .setName("go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp");
    data.getResourceSpansBuilder(0)
        .getResourceBuilder()
        .addAttributes(attribute("service.name", "shop"));
    return data.build();
  }

  @Test
  void traces_sayWhichSourceDecided_andCountOnePanicOnce() throws IOException {
    JsonNode document = explain(traces().toByteArray());

    assertThat(document.get("panics")).hasSize(1);
    JsonNode panic = document.get("panics").get(0);
    assertThat(panic.get("package").asText()).isEqualTo(CART);
    assertThat(panic.get("recovered").asBoolean()).isTrue();
    assertThat(panic.get("message").asText()).isEqualTo("runtime error: index out of range [5]");
    assertThat(attributions(document))
        .containsExactlyInAnyOrder(
            "span 0000000000000001 GET /cart: " + CART + " nearest_span",
            "span 0000000000000002 add: " + CART + " code",
            "span 0000000000000003 lonely: (unattributed) none");
  }

  private static List<String> attributions(JsonNode document) {
    List<String> lines = new ArrayList<>();
    for (JsonNode item : document.get("attributions")) {
      lines.add(
          item.get("text").asText()
              + ": "
              + item.get("package").asText()
              + " "
              + item.get("source").asText());
    }
    return lines;
  }

  @Test
  void tracesAsJson_sayTheSame() throws IOException {
    String json =
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
            + "{\"stringValue\":\"shop\"}}]},\"scopeSpans\":[{\"scope\":{\"name\":\""
            + CART
            + "\"},\"spans\":[{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":"
            + "\"eee19b7ec3c1b174\",\"name\":\"add\",\"kind\":1,\"startTimeUnixNano\":\"1\","
            + "\"endTimeUnixNano\":\"1790000000000000000\"}]}]}]}";
    assertThat(attributions(explain(json.getBytes(StandardCharsets.UTF_8))))
        .containsExactly("span eee19b7ec3c1b174 add: " + CART + " scope");
  }

  private static LogRecord.Builder log(String body, String key, String value) {
    LogRecord.Builder record =
        LogRecord.newBuilder().setTimeUnixNano(END).addAttributes(attribute(key, value));
    record.getBodyBuilder().setStringValue(body);
    return record;
  }

  /** Each record's own source, not one word for all of them. */
  @Test
  void logs_sayWhichSourceDecided() throws IOException {
    LogRecord.Builder traced =
        log("{\"msg\":\"in a trace\",\"func\":\"" + CART + ".Add\",\"level\":\"error\"}", "a", "b")
            .setTraceId(
                ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6}))
            .setSpanId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, 1}))
            .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_ERROR);
    String stack = "goroutine 7 [running]:\n" + CART + ".Add(...)\n\t/src/cart.go:7\n";
    LogsData.Builder data = LogsData.newBuilder();
    data.addResourceLogsBuilder()
        .addScopeLogsBuilder()
        .addLogRecords(traced)
        .addLogRecords(log("one", "code.function.name", CART + ".Add").setSeverityNumberValue(9))
        .addLogRecords(log("two", "go.package.path", CART).setSeverityNumberValue(10))
        .addLogRecords(log("three", "code.stacktrace", stack).setSeverityNumberValue(11))
        .addLogRecords(log("four", "logger", CART).setSeverityNumberValue(12))
        .addLogRecords(
            log("five", "file", "/root/go/pkg/mod/" + CART + "@v1.0.0/c.go")
                .setSeverityNumberValue(13))
        .addLogRecords(log("six", "logger", "cart").setSeverityNumberValue(14));
    data.getResourceLogsBuilder(0)
        .addScopeLogsBuilder()
        .addLogRecords(log("seven", "a", "b").setSeverityNumberValue(15))
        .getScopeBuilder()
        .setName(CART);

    assertThat(attributions(explain(data.build().toByteArray())))
        .containsExactlyInAnyOrder(
            "log record in a trace: " + CART + " logger",
            "log record severity 9: " + CART + " code",
            "log record severity 10: " + CART + " override",
            "log record severity 11: " + CART + " stack",
            "log record severity 12: " + CART + " logger",
            "log record severity 13: " + CART + " file",
            "log record severity 14: (unattributed) none",
            "log record severity 15: " + CART + " scope");
  }

  /** A crash as the Collector's filelog receiver sends it: one record per line. */
  @Test
  void crashInLogRecords_isOnePanic() throws IOException {
    LogsData.Builder data = LogsData.newBuilder();
    long time = END;
    for (String line : Files.readAllLines(CRASHES.resolve("dotted-trimpath.stderr"))) {
      LogRecord.Builder record =
          LogRecord.newBuilder()
              .setTimeUnixNano(time++)
              .addAttributes(attribute("log.iostream", "stderr"));
      record.getBodyBuilder().setStringValue(line);
      if (data.getResourceLogsCount() == 0) {
        data.addResourceLogsBuilder().addScopeLogsBuilder();
      }
      data.getResourceLogsBuilder(0).getScopeLogsBuilder(0).addLogRecords(record);
    }
    JsonNode fromText = explain(CRASHES.resolve("dotted-trimpath.stderr")).get("panics");
    JsonNode fromLogs = explain(data.build().toByteArray()).get("panics");

    assertThat(fromLogs).hasSize(1);
    for (String field : List.of("package", "function", "message", "recovered", "initFailure")) {
      assertThat(fromLogs.get(0).get(field)).isEqualTo(fromText.get(0).get(field));
    }
  }

  @Test
  void textThatIsNoMessage_isText() throws IOException {
    JsonNode document =
        explain("\npanic: boom\n\ngoroutine 1 [running]:\n".getBytes(StandardCharsets.UTF_8));
    assertThat(document.get("panics")).hasSize(1);
    assertThat(explain(new byte[0]).get("panics")).isEmpty();
    assertThat(explain(new byte[] {0x0a, 0, 1, 2}).get("panics")).isEmpty();
  }
}
