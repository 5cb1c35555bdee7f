// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import io.pkgslo.ingest.Otlp;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessLine;
import io.pkgslo.model.wire.ProcessLog;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogReaderTest {
  private static final String CART = "github.com/acme/shop/pkg/cart";
  private static final Resource RESOURCE =
      Otlp.resource("service.name", "checkout", "k8s.pod.uid", "u", "k8s.container.name", "app");
  private static final long TIME = FactRecorder.NOW_NANOS;
  private static final String TRACE = "5b8efff798038103d269b633813fc60c";
  private static final long HIGH = 0x5b8efff798038103L;
  private static final long LOW = 0xd269b633813fc60cL;
  private static final String SPAN = "eee19b7ec3c1b174";
  private static final long SPAN_ID = 0xeee19b7ec3c1b174L;

  private static LogRecord.Builder record(Object body, Object... attributes) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(TIME)
        .setBody(Otlp.value(body))
        .addAllAttributes(Otlp.attributes(attributes));
  }

  private static FactRecorder read(String scope, LogRecord.Builder... records) {
    return new FactRecorder().read(Otlp.logs(RESOURCE, scope, records));
  }

  private static FactRecorder shipped(String line) {
    return read("", record(line, "log.iostream", "stderr", "log.file.path", "/var/0.log"));
  }

  @Test
  void nativeIds_makeALogOfASpan() {
    FactRecorder seen =
        read(
            CART,
            record("no stock")
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_ERROR)
                .setTraceId(Otlp.traceId(HIGH, LOW))
                .setSpanId(Otlp.spanId(SPAN_ID)));
    assertThat(seen.processLogs).isEmpty();
    assertThat(seen.lines).isEmpty();
    FactRecorder.LogSeen log = seen.logs.get(0);
    assertThat(log.traceIdHigh()).isEqualTo(HIGH);
    assertThat(log.traceIdLow()).isEqualTo(LOW);
    assertThat(log.spanId()).isEqualTo(SPAN_ID);
    assertThat(log.goPackage()).isEqualTo(CART);
    assertThat(log.severity()).isEqualTo(17);
    assertThat(log.excerpt()).isEqualTo("no stock");
    assertThat(log.timeEpochNanos()).isEqualTo(TIME);
  }

  @Test
  void idsStoredAsTheirHexDigits_areRead() {
    FactRecorder.LogSeen log =
        read(
                CART,
                record("x")
                    .setTraceId(ByteString.copyFrom(TRACE, StandardCharsets.US_ASCII))
                    .setSpanId(ByteString.copyFrom(SPAN, StandardCharsets.US_ASCII)))
            .logs
            .get(0);
    assertThat(log.traceIdLow()).isEqualTo(LOW);
    assertThat(log.spanId()).isEqualTo(SPAN_ID);
  }

  @ParameterizedTest
  @CsvSource({
    "trace_id, span_id",
    "traceId, spanId",
    "TraceID, SpanID",
    "trace.id, span.id",
    "otelTraceID, otelSpanID",
    "opentelemetry.trace_id, opentelemetry.span_id",
    "dd.trace_id, dd.span_id",
    "X-B3-TraceId, X-B3-SpanId",
    "context.trace_id, context.span_id",
    "attributes.traceId, attributes.spanId"
  })
  void idsInAttributes_areFound_inAllSpellings(String traceKey, String spanKey) {
    String span = spanKey.startsWith("dd") ? Long.toUnsignedString(SPAN_ID) : SPAN;
    assertWhole(read(CART, record("x", traceKey, TRACE, spanKey, span)));
  }

  private static void assertWhole(FactRecorder seen) {
    assertThat(seen.logs).hasSize(1);
    FactRecorder.LogSeen log = seen.logs.get(0);
    assertThat(log.traceIdHigh()).isEqualTo(HIGH);
    assertThat(log.traceIdLow()).isEqualTo(LOW);
    assertThat(log.spanId()).isEqualTo(SPAN_ID);
  }

  @Test
  void idsInOneField_areFound() {
    assertWhole(read(CART, record("x", "traceparent", "00-" + TRACE + "-" + SPAN + "-01")));
    assertWhole(read(CART, record("x", "uber-trace-id", TRACE + ":" + SPAN + ":0:1")));
    assertWhole(read(CART, record("x", "b3", TRACE + "-" + SPAN + "-1")));
    assertWhole(
        read(
            CART,
            record(
                "x",
                "logging.googleapis.com/trace",
                "projects/acme/traces/" + TRACE,
                "logging.googleapis.com/spanId",
                SPAN)));
    assertWhole(
        read(
            CART, record("x", "trace_id", "1-5b8efff7-98038103d269b633813fc60c", "span_id", SPAN)));
    String header = "Root=1-5b8efff7-98038103d269b633813fc60c;Parent=" + SPAN + ";Sampled=1";
    assertWhole(read(CART, record("x", "X-Amzn-Trace-Id", header)));
  }

  @Test
  void idsInGroupsOfAttributesAndBodies_areFound() {
    Map<String, Object> ids = Map.of("trace_id", TRACE, "span_id", SPAN);
    assertWhole(read(CART, record("x", "trace", ids)));
    assertWhole(read(CART, record(Map.of("msg", "x", "context", ids))));
    assertWhole(
        read(
            CART,
            record(
                "{\"msg\":\"x\",\"fields\":{\"traceId\":\""
                    + TRACE
                    + "\",\"spanId\":\""
                    + SPAN
                    + "\"}}")));
  }

  @Test
  void idsInText_areFound() {
    assertWhole(read(CART, record("level=info trace_id=" + TRACE + " span_id=" + SPAN + " hi")));
    assertWhole(
        read(CART, record("hi \"traceID\": \"" + TRACE + "\", \"spanID\":\"" + SPAN + "\"")));
    assertWhole(shipped("INFO hi trace_id=" + TRACE + " span_id=" + SPAN));
  }

  @Test
  void datadogsDecimals_giveTheLowHalf() {
    FactRecorder.LogSeen log =
        read(
                CART,
                record(
                    "x",
                    "dd",
                    Map.of(
                        "trace_id", Long.toUnsignedString(LOW),
                        "span_id", Long.toUnsignedString(SPAN_ID))))
            .logs
            .get(0);
    assertThat(log.traceIdHigh()).isZero();
    assertThat(log.traceIdLow()).isEqualTo(LOW);
    assertThat(log.spanId()).isEqualTo(SPAN_ID);
  }

  @Test
  void shortJaegerAndB3Ids_arePadded() {
    FactRecorder.LogSeen jaeger = read(CART, record("x", "uber-trace-id", "1c:2d:0:1")).logs.get(0);
    assertThat(jaeger.traceIdLow()).isEqualTo(0x1c);
    assertThat(jaeger.spanId()).isEqualTo(0x2d);
    FactRecorder.LogSeen b3 = read(CART, record("x", "X-B3-TraceId", SPAN)).logs.get(0);
    assertThat(b3.traceIdHigh()).isZero();
    assertThat(b3.traceIdLow()).isEqualTo(SPAN_ID);
  }

  @ParameterizedTest
  @CsvSource({
    "trace_id, 00000000000000000000000000000000",
    "trace_id, not-an-id",
    "trace_id, 5b8efff798038103d269b633813fc60",
    "dd.trace_id, 1.8446744073709552E19",
    "traceparent, 00-short",
    "order_trace_id_list, 5b8efff798038103d269b633813fc60c"
  })
  void whatIsNoId_isNone(String key, String value) {
    FactRecorder seen = read(CART, record("x", key, value));
    assertThat(seen.logs).isEmpty();
    assertThat(seen.processLogs).hasSize(1);
  }

  @Test
  void packageOfALog_isDecidedInTheStatedOrder() {
    assertThat(packageOf("x", "code.function.name", "example.com/a.F", "func", "example.com/b.F"))
        .isEqualTo("example.com/a");
    assertThat(packageOf("x", "func", "example.com/b.(*T).F")).isEqualTo("example.com/b");
    assertThat(packageOf("x", "source", Map.of("function", "example.com/b.F")))
        .isEqualTo("example.com/b");
    assertThat(
            packageOf("x", "stacktrace", "example.com/c.F\n\t/src/c/c.go:10\nmain.main\n\t/m.go:1"))
        .isEqualTo("example.com/c");
    assertThat(packageOf(CART)).isEqualTo(CART);
    assertThat(packageOf("x", "logger", "github.com/acme/shop/log"))
        .isEqualTo("github.com/acme/shop/log");
    assertThat(packageOf("x", "file.path", "/go/pkg/mod/example.com/d@v1.2.0/sub/x.go"))
        .isEqualTo("example.com/d/sub");
    assertThat(packageOf("x", "caller", "billing/b.go:10")).isEmpty();
  }

  private static String packageOf(String scope, Object... attributes) {
    return read(scope, record("m", attributes)).processLogs.get(0).getPackage();
  }

  /** The span's own package goes before the file's. */
  @Test
  void fileOfALogWithASpan_isLeftAlone() {
    FactRecorder seen =
        read(
            "x",
            record("m", "file.path", "/go/pkg/mod/example.com/d@v1.2.0/sub/x.go")
                .setTraceId(Otlp.traceId(HIGH, LOW))
                .setSpanId(Otlp.spanId(SPAN_ID)));
    assertThat(seen.logs.get(0).goPackage()).isEmpty();
  }

  @Test
  void stderrLine_isALine_withoutItsContainersFormat() {
    FactRecorder plain = shipped("init main @17 ms, 0 ms clock, 0 bytes, 0 allocs");
    assertThat(plain.lines).hasSize(1);
    assertThat(plain.lines.get(0).stream()).isEqualTo("stderr:/var/0.log");
    assertThat(plain.processLogs).isEmpty();
    for (String wrapped :
        List.of(
            "2026-08-21T10:00:00.123456789Z stderr F panic: boom",
            "{\"log\":\"panic: boom\\n\",\"stream\":\"stderr\",\"time\":\"2026-08-21T10:00:00Z\"}")) {
      FactRecorder seen = read("", record(wrapped));
      assertThat(seen.lines.get(0).line().getText()).isEqualTo("panic: boom");
      assertThat(seen.lines.get(0).stream()).isEqualTo("stderr");
      assertThat(seen.lines.get(0).line().getTimeEpochNanos()).isEqualTo(TIME);
      assertThat(seen.processLogs).isEmpty();
      assertThat(seen.logPanics).isEmpty();
    }
  }

  @Test
  void recombinedLines_arePartedAgain_inOrder() {
    FactRecorder seen = shipped("panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/m.go:3");
    assertThat(seen.lines.stream().map(at -> at.line().getText()))
        .containsExactly("panic: boom", "", "goroutine 1 [running]:", "main.main()", "\t/m.go:3");
    assertThat(seen.lines.stream().map(at -> at.line().getOrdinal()))
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(seen.lines.stream().map(at -> at.line().getIdentityHigh())).doesNotHaveDuplicates();
  }

  @Test
  void stdoutLine_isNoCrashCandidate() {
    FactRecorder seen = read("", record("panic: so to speak", "log.iostream", "stdout"));
    assertThat(seen.lines).isEmpty();
    assertThat(seen.processLogs).hasSize(1);
    assertThat(read("", record("2026-08-21T10:00:00.123456789Z stdout F hi")).lines).isEmpty();
  }

  @Test
  void jsonLine_isARecordOfALogger() {
    FactRecorder seen =
        shipped(
            "{\"level\":\"error\",\"ts\":1755770000.1,\"logger\":\"billing\",\"msg\":\"no rate\","
                + "\"stacktrace\":\"example.com/shop/tax.Rate\\n\\t/src/tax.go:9\"}");
    assertThat(seen.lines).isEmpty();
    ProcessLog log = seen.processLogs.get(0);
    assertThat(log.getSeverity()).isEqualTo(17);
    assertThat(log.getText()).isEqualTo("no rate");
    assertThat(log.getPackage()).isEqualTo("example.com/shop/tax");
    assertThat(seen.logPanics).isEmpty();
  }

  @Test
  void fluentBitsRecord_isALine() {
    FactRecorder seen =
        read("", record(Map.of("log", "panic: boom\n", "stream", "stderr", "time", "t")));
    assertThat(seen.lines.get(0).line().getText()).isEqualTo("panic: boom");
  }

  @ParameterizedTest
  @CsvSource({"TRACE,1", "warn,13", "ERROR+2,19", "DEBUG-2,3", "dpanic,21", "panic,22", "fatal,23"})
  void severityText_standsInForTheNumber(String text, int severity) {
    assertThat(read("x", record("m").setSeverityText(text)).processLogs.get(0).getSeverity())
        .isEqualTo(severity);
  }

  @Test
  void recoveredPanicOfALogger_isReported() {
    String stack =
        "goroutine 7 [running]:\npanic({0x1, 0x2})\n\t/usr/local/go/src/runtime/panic.go:884\n"
            + "github.com/acme/shop/pkg/tax.Rate(0x0)\n\t/src/tax/tax.go:10 +0x1d\n";
    FactRecorder seen =
        read(
            CART,
            record("http: panic serving 127.0.0.1:4: no rate\n" + stack)
                .setTraceId(Otlp.traceId(HIGH, LOW))
                .setSpanId(Otlp.spanId(SPAN_ID)));
    assertThat(seen.logs).hasSize(1);
    PanicReport report = seen.logPanics.get(0);
    assertThat(report.getSource()).isEqualTo(PanicReport.Source.LOG);
    assertThat(report.getPackage()).isEqualTo("github.com/acme/shop/pkg/tax");
    assertThat(report.getMessage()).isEqualTo("no rate");
    assertThat(report.getRecovered()).isTrue();
    assertThat(report.getSpanId()).isEqualTo(SPAN_ID);
    assertThat(report.getWeight()).isEqualTo(FixedPoint.ONE);
    assertThat(report.getTimeEpochNanos()).isEqualTo(TIME);
  }

  @Test
  void stackInAnAttribute_isReported_withTheLogSamplersWeight() {
    String stack =
        "goroutine 7 [running]:\npanic({0x1, 0x2})\n\t/usr/local/go/src/runtime/panic.go:884\n"
            + "github.com/acme/shop/pkg/tax.Rate(0x0)\n\t/src/tax/tax.go:10 +0x1d\n";
    FactRecorder seen = read(CART, record("recovered", "stack", stack, "sampling.threshold", "8"));
    assertThat(seen.logPanics).hasSize(1);
    assertThat(seen.logPanics.get(0).getPackage()).isEqualTo("github.com/acme/shop/pkg/tax");
    assertThat(seen.logPanics.get(0).getWeight()).isEqualTo(2 * FixedPoint.ONE);
  }

  /** {@code debug.Stack()} as it is: bytes in OTLP, and base64 where encoding/json wrote them. */
  @Test
  void stackAsBytes_isReported() {
    String stack =
        "goroutine 7 [running]:\npanic({0x1, 0x2})\n\t/usr/local/go/src/runtime/panic.go:884\n"
            + "github.com/acme/shop/pkg/tax.Rate(0x0)\n\t/src/tax/tax.go:10 +0x1d\n";
    byte[] bytes = stack.getBytes(StandardCharsets.UTF_8);
    String base64 = Base64.getEncoder().encodeToString(bytes);
    for (LogRecord.Builder log :
        List.of(
            record("recovered", "err", "no rate", "stack", ByteString.copyFrom(bytes)),
            record("{\"msg\":\"recovered\",\"err\":\"no rate\",\"stack\":\"" + base64 + "\"}"),
            record("recovered", "err", "no rate", "trail", ByteString.copyFrom(bytes)))) {
      FactRecorder seen = read(CART, log);
      assertThat(seen.logPanics).hasSize(1);
      assertThat(seen.logPanics.get(0).getPackage()).isEqualTo("github.com/acme/shop/pkg/tax");
      assertThat(seen.logPanics.get(0).getMessage()).isEqualTo("no rate");
    }
    assertThat(read(CART, record("hello", "stack", ByteString.copyFromUtf8("no stack"))).logPanics)
        .isEmpty();
  }

  @Test
  void exceptionAttributes_arePanics_onlyWhenTheyProveIt() {
    assertThat(
            read(
                    CART,
                    record("x", "exception.type", "runtime.boundsError", "exception.message", "i"))
                .logPanics)
        .hasSize(1);
    assertThat(
            read(
                    CART,
                    record("x", "exception.type", "*errors.errorString", "exception.message", "i"))
                .logPanics)
        .isEmpty();
  }

  @Test
  void times_fallBack_andTheFutureIsDropped() {
    FactRecorder seen =
        read(
            CART,
            record("observed").clearTimeUnixNano().setObservedTimeUnixNano(TIME - 5),
            record("never").clearTimeUnixNano(),
            record("future").setTimeUnixNano(TIME + 400_000_000_000L));
    assertThat(seen.processLogs.stream().map(ProcessLog::getTimeEpochNanos))
        .containsExactly(TIME - 5, TIME);
    assertThat(seen.counts.droppedItems(DropReason.FUTURE)).isEqualTo(1);
    assertThat(seen.counts.correctedItems(Correction.NO_LOG_TIME)).isEqualTo(1);
    assertThat(seen.counts.receivedItems()).isEqualTo(3);
    assertThat(seen.counts.processedItems()).isEqualTo(2);
  }

  @Test
  void equalRecords_areTwo_andARedeliveredOneIsTheSame() {
    FactRecorder first = shipped("line");
    FactRecorder again = shipped("line");
    ProcessLine line = first.lines.get(0).line();
    assertThat(again.lines.get(0).line()).isEqualTo(line);
    FactRecorder twice =
        read(
            "",
            record("line", "log.iostream", "stderr", "log.file.path", "/var/0.log"),
            record("line", "log.iostream", "stderr", "log.file.path", "/var/0.log"));
    assertThat(twice.lines.get(0).line().getIdentityHigh()).isEqualTo(line.getIdentityHigh());
    assertThat(twice.lines.get(1).line().getIdentityHigh()).isNotEqualTo(line.getIdentityHigh());
  }

  /** The span knows better where it happened than whoever recovered it; without one the record. */
  @Test
  void panicWithoutAStack_goesTheWayOfItsSpan_elseIsItsRecords() {
    LogRecord.Builder recovered =
        record("panic recovered", "error", "no rate", "code.function.name", CART + ".Serve.func1")
            .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_ERROR);
    PanicReport alone = read("", recovered).logPanics.get(0);
    assertThat(alone.getPackage()).isEqualTo(CART);
    assertThat(alone.getFunction()).isEmpty();
    assertThat(alone.getMessage()).isEqualTo("no rate");
    assertThat(alone.getSecondhand()).isTrue();

    FactRecorder seen =
        read("", recovered.setTraceId(Otlp.traceId(HIGH, LOW)).setSpanId(Otlp.spanId(SPAN_ID)));
    assertThat(seen.logPanics).isEmpty();
    assertThat(seen.logs).hasSize(1);
    assertThat(seen.tracedLogPanics.get(0).getPackage()).isEqualTo(CART);
    assertThat(seen.tracedLogPanics.get(0).getSpanId()).isEqualTo(SPAN_ID);
  }

  /** pkg/errors' frames have neither packages nor directories. */
  @Test
  void stackThatNamesNoPackage_isItsRecords() {
    String zerolog =
        "{\"level\":\"error\",\"error\":\"no rate\",\"message\":\"panic recovered\",\"stack\":["
            + "{\"func\":\"gopanic\",\"line\":\"860\",\"source\":\"panic.go\"},"
            + "{\"func\":\"Rate\",\"line\":\"10\",\"source\":\"tax.go\"}]}";
    FactRecorder seen = read(CART, record(zerolog));
    assertThat(seen.logPanics).hasSize(1);
    assertThat(seen.logPanics.get(0).getPackage()).isEqualTo(CART);
    assertThat(seen.logPanics.get(0).getMessage()).isEqualTo("no rate");
  }

  /** The library that recovers and logs did not panic. */
  @Test
  void panicWithoutAStack_isNotTheHelpersWhoLoggedIt() {
    FactRecorder seen =
        read(
            "",
            record(
                    "panic recovered",
                    "error",
                    "no rate",
                    "code.function.name",
                    "github.com/gin-gonic/gin.CustomRecovery.func1")
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_ERROR));
    assertThat(seen.logPanics.get(0).getPackage()).isEmpty();
  }

  /** slog's text on standard output, in one line. */
  @Test
  void textOfALoggerOnStdout_isReported() {
    String stack =
        "goroutine 7 [running]:\\npanic({0x1, 0x2})\\n\\t/x/panic.go:8\\ngithub.com/acme/shop/pkg/tax.Rate(0x0)\\n\\t/src/tax/tax.go:10 +0x1d\\n";
    for (String text :
        List.of(
            "time=2026-11-21T21:02:42Z level=ERROR msg=\"panic recovered\" panic=\"no rate\"",
            "time=2026-11-21T21:02:42Z level=ERROR msg=recovered panic=\"no rate\" stack=\""
                + stack
                + "\"")) {
      FactRecorder seen = read("", record(text, "log.iostream", "stdout"));
      assertThat(seen.lines).isEmpty();
      assertThat(seen.logPanics).as(text).hasSize(1);
      assertThat(seen.logPanics.get(0).getMessage()).isEqualTo("no rate");
    }
    assertThat(read("", record("panic: so to speak", "log.iostream", "stdout")).logPanics)
        .isEmpty();
  }
}
