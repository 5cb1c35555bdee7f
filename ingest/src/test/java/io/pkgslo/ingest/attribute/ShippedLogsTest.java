// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.pkgslo.ingest.Otlp;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.ProcessRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What shippers make of a container's output: split lines, Fluent Bit's records, audit logs. */
class ShippedLogsTest {
  private static final String PIECE = "2026-08-21T10:00:00.123456789Z ";
  private static final Resource POD =
      Otlp.resource("k8s.pod.uid", "u", "k8s.container.name", "app");

  private static LogRecord.Builder record(Object body, Object... attributes) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(FactRecorder.NOW_NANOS)
        .setBody(Otlp.value(body))
        .addAllAttributes(Otlp.attributes(attributes));
  }

  private static FactRecorder read(Resource resource, LogRecord.Builder... records) {
    return new FactRecorder().read(Otlp.logs(resource, "", records));
  }

  private static List<String> texts(FactRecorder seen) {
    return seen.lines.stream().map(line -> line.line().getText()).toList();
  }

  @Test
  void piecesOfACriLine_areOneLine_perStream() {
    FactRecorder seen =
        read(
            POD,
            record(PIECE + "stderr P panic: b"),
            record(PIECE + "stdout P one "),
            record(PIECE + "stderr P o"),
            record(PIECE + "stdout F two"),
            record(PIECE + "stderr F om"),
            record(PIECE + "stderr F next"));

    assertThat(texts(seen)).containsExactly("panic: boom", "next");
    assertThat(seen.processLogs).hasSize(1);
  }

  /** The Collector's regular expressions put the tag into an attribute. */
  @Test
  void piecesWhoseFormatWasParsedOff_areOneLine() {
    FactRecorder seen =
        read(
            POD,
            record("panic: b", "log.iostream", "stderr", "logtag", "P"),
            record("oom", "log.iostream", "stderr", "logtag", "F"));

    assertThat(texts(seen)).containsExactly("panic: boom");
  }

  /** A JSON record of more than 16 KiB, which its stack makes it, is split in the middle. */
  @Test
  void piecesOfAJsonRecord_reportItsPanic() {
    String stack =
        "goroutine 7 [running]:\\n"
            + "runtime/debug.Stack()\\n"
            + "\\t/usr/local/go/src/runtime/debug/stack.go:24 +0x5e\\n"
            + "panic({0x1, 0x2})\\n"
            + "\\t/usr/local/go/src/runtime/panic.go:884 +0x212\\n"
            + "example.com/acme/shop/pkg/cart.Add(...)\\n"
            + "\\t/src/pkg/cart/cart.go:7\\n";
    String json =
        "{\"level\":\"error\",\"msg\":\"recovered panic: boom\",\"stack\":\"" + stack + "\"}";
    int middle = json.indexOf("panic(");
    FactRecorder seen =
        read(
            POD,
            record(PIECE + "stderr P " + json.substring(0, middle)),
            record(PIECE + "stderr F " + json.substring(middle)));

    assertThat(seen.logPanics).hasSize(1);
    assertThat(seen.logPanics.get(0).getPackage()).isEqualTo("example.com/acme/shop/pkg/cart");
    assertThat(seen.processLogs).hasSize(1);
    assertThat(seen.lines).isEmpty();
  }

  private static List<Boolean> goesOn(FactRecorder seen) {
    return seen.lines.stream().map(line -> line.line().getPartial()).toList();
  }

  /** A message gives the same facts wherever it is read; the analyzer has both. */
  @Test
  void pieceWithoutItsEnd_goesOnInTheNextLine() {
    FactRecorder seen = read(POD, record(PIECE + "stderr P panic: "), record(PIECE + "stderr P h"));
    assertThat(texts(seen)).containsExactly("panic: h");
    seen.read(Otlp.logs(POD, "", record(PIECE + "stderr F alf"), record(PIECE + "stderr F x")));

    assertThat(texts(seen)).containsExactly("panic: h", "alf", "x");
    assertThat(goesOn(seen)).containsExactly(true, false, false);
  }

  /** On standard output only records that were split matter, and no piece is a record. */
  @Test
  void piecesOfStdout_goToTheLinesToo() {
    FactRecorder seen = read(POD, record(PIECE + "stdout P {\"msg\":\"a\\n"));
    seen.read(
        Otlp.logs(
            POD,
            "",
            record(PIECE + "stdout F .go:7\\n b\"}"),
            record(PIECE + "stdout F hello"),
            record(PIECE + "stdout F {\"msg\":\"whole\"}")));

    assertThat(texts(seen)).containsExactly("{\"msg\":\"a\\n", ".go:7\\n b\"}");
    assertThat(goesOn(seen)).containsExactly(true, false);
    assertThat(seen.processLogs).hasSize(3);
  }

  @Test
  void openPiecesOfManyKibibytes_keepEveryCharacter() {
    String half = "{\"stack\":\"" + "x".repeat(50_000);
    FactRecorder seen = read(POD, record(PIECE + "stderr P " + half));

    assertThat(String.join("", texts(seen))).isEqualTo(half);
    assertThat(goesOn(seen)).containsExactly(true, true);
  }

  /** As the Collector's journald receiver and Fluent Bit's systemd input hand them on. */
  @Test
  void journalEntries_areLinesOfTheirProcess() {
    Map<String, Object> entry =
        Map.of(
            "MESSAGE", "panic: boom",
            "PRIORITY", "6",
            "_TRANSPORT", "stdout",
            "_HOSTNAME", "vm-7",
            "_PID", "4711",
            "_SYSTEMD_UNIT", "shop.service");
    Map<String, Object> stripped =
        Map.of(
            "MESSAGE",
            "goroutine 1 [running]:",
            "TRANSPORT",
            "stdout",
            "HOSTNAME",
            "vm-7",
            "PID",
            "4711");
    String text =
        "{\"MESSAGE\":\"main.main()\",\"_TRANSPORT\":\"stdout\",\"_HOSTNAME\":\"vm-7\",\"_PID\":\"4711\"}";
    Map<String, Object> kernel = Map.of("MESSAGE", "oom-kill", "_TRANSPORT", "kernel");
    FactRecorder seen =
        read(
            Resource.getDefaultInstance(),
            record(entry),
            record(stripped),
            record(text),
            record(kernel));

    assertThat(texts(seen)).containsExactly("panic: boom", "goroutine 1 [running]:", "main.main()");
    assertThat(seen.lines).allMatch(line -> line.process().equals("host:vm-7/4711"));
    assertThat(seen.logPanics).isEmpty();
  }

  /** Docker's and Podman's journald drivers tell the streams apart by priority. */
  @Test
  void journalEntriesOfContainers_areLinesOfTheirStream() {
    Map<String, Object> begun =
        Map.of(
            "MESSAGE", "panic: b",
            "PRIORITY", "3",
            "_TRANSPORT", "journal",
            "CONTAINER_ID_FULL", "abc",
            "CONTAINER_PARTIAL_MESSAGE", "true");
    Map<String, Object> ended =
        Map.of("MESSAGE", "oom", "PRIORITY", "3", "CONTAINER_ID_FULL", "abc");
    Map<String, Object> printed =
        Map.of("MESSAGE", "served", "PRIORITY", "6", "CONTAINER_ID_FULL", "abc");
    FactRecorder seen =
        read(Resource.getDefaultInstance(), record(begun), record(printed), record(ended));

    assertThat(texts(seen)).containsExactly("panic: boom");
    assertThat(seen.lines).allMatch(line -> line.process().equals("container:abc"));
    assertThat(seen.processLogs).hasSize(1);
  }

  @Test
  void fluentBitsRecord_namesItsProcess() {
    Map<String, Object> kubernetes =
        Map.of(
            "pod_id", "9f-1", "container_name", "shop", "docker_id", "abc", "pod_name", "shop-1");
    Map<String, Object> body =
        Map.of("log", "panic: boom\n", "stream", "stderr", "kubernetes", kubernetes);
    FactRecorder seen = read(Resource.getDefaultInstance(), record(body));

    assertThat(texts(seen)).containsExactly("panic: boom");
    assertThat(seen.lines.get(0).process()).isEqualTo("pod:9f-1/shop");
    assertThat(seen.aliases).hasSize(1);
    assertThat(seen.aliases.get(0).aliases()).containsExactly("container:abc");
    assertThat(seen.aliases.get(0).service()).isEmpty();
  }

  @Test
  void fluentBitsRecordAsJson_namesItsProcess_unlessTheResourceDoes() {
    String json =
        "{\"log\":\"panic: boom\\n\",\"stream\":\"stderr\",\"kubernetes\":{\"pod_id\":\"9f-1\","
            + "\"container_name\":\"shop\",\"labels\":{\"app\":\"shop\"}}}";
    FactRecorder seen = read(Resource.getDefaultInstance(), record(json));
    assertThat(texts(seen)).containsExactly("panic: boom");
    assertThat(seen.lines.get(0).process()).isEqualTo("pod:9f-1/shop");

    assertThat(read(POD, record(json)).lines.get(0).process()).isEqualTo("pod:u/app");
  }

  @Test
  void auditRecord_joinsByTheIdsThatItWasEnrichedWith() {
    String json =
        "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\","
            + "\"auditID\":\"a-1\",\"stage\":\"ResponseComplete\",\"verb\":\"get\","
            + "\"requestURI\":\"/api/v1/pods\",\"responseStatus\":{\"code\":503,\"reason\":\"Down\"},"
            + "\"annotations\":{\"traceparent\":"
            + "\"00-5b8efff798038103d269b633813fc60c-eee19b7ec3c1b174-01\"}}";
    FactRecorder seen = read(POD, record(json, "log.iostream", "stdout"));

    assertThat(seen.logs).isEmpty();
    assertThat(seen.processLogs).hasSize(1);
    ProcessLog log = seen.processLogs.get(0);
    assertThat(log.getTraceIdLow()).isEqualTo(0xd269b633813fc60cL);
    assertThat(log.getSpanId()).isEqualTo(0xeee19b7ec3c1b174L);
    assertThat(log.getSeverity()).isEqualTo(17);
    assertThat(log.getText()).isEqualTo("get /api/v1/pods ResponseComplete 503 Down a-1");
    assertThat(log.getRequestOpen()).isFalse();
  }

  private static String audit(String stage, String more) {
    return "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"auditID\":"
        + "\"6B0A-1\",\"stage\":\""
        + stage
        + "\""
        + more
        + "}";
  }

  /** The API server's span, its own log and all records of the audit log share one id. */
  @Test
  void auditId_isOneForAllWhoNameIt() {
    FactRecorder seen =
        read(
            POD,
            record(audit("RequestReceived", "")),
            record(audit("ResponseComplete", ",\"annotations\":{\"x-request-id\":\"r-1\"}")),
            record(
                "apiserver panic'd",
                "auditID",
                "6b0a-1",
                "trace_id",
                "5b8efff798038103d269b633813fc60c"));
    seen.read(
        Otlp.traces(
            POD,
            "x",
            Otlp.span(1, 2, FactRecorder.NOW_NANOS)
                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .addAllAttributes(Otlp.attributes("audit-id", "6b0a-1")),
            Otlp.span(3, 4, FactRecorder.NOW_NANOS)
                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .addAllAttributes(
                    Otlp.attributes("http.request.header.x-request-id", List.of("r-1")))));

    assertThat(seen.processLogs)
        .extracting(ProcessLog::getRequestOpen)
        .containsExactly(true, false);
    long request = seen.processLogs.get(0).getRequest();
    assertThat(request).isNotZero().isEqualTo(seen.processLogs.get(1).getRequest());
    assertThat(seen.requests)
        .extracting(ProcessRequest::getRequest)
        .containsExactly(request, request, seen.processLogs.get(1).getRequestAlias());
    assertThat(seen.requests).extracting(ProcessRequest::getSpanId).containsExactly(0L, 2L, 4L);
    assertThat(seen.requests.get(0).getTraceIdLow()).isEqualTo(0xd269b633813fc60cL);
  }

  @Test
  void requests_ofOthersThanServers_areNotPublished() {
    FactRecorder seen =
        read(
            POD,
            record("hello", "request_id", "r-1", "trace_id", "5b8efff798038103d269b633813fc60c"));
    seen.read(
        Otlp.traces(
            POD,
            "x",
            Otlp.span(1, 2, FactRecorder.NOW_NANOS)
                .addAllAttributes(Otlp.attributes("request_id", "r-1"))));
    assertThat(seen.requests).isEmpty();
  }

  @Test
  void auditRecord_ofASuccess_isInfo() {
    String json =
        "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"RequestResponse\","
            + "\"stage\":\"ResponseComplete\",\"responseStatus\":{\"code\":200}}";
    FactRecorder seen = read(POD, record(json, "log.iostream", "stdout"));
    assertThat(seen.processLogs.get(0).getSeverity()).isEqualTo(9);
  }
}
