// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.pkgslo.ingest.Otlp;
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
        "goroutine 7 [running]:\\nruntime/debug.Stack()\\n\\t/usr/local/go/src/runtime/debug/stack.go:24"
            + " +0x5e\\npanic({0x1, 0x2})\\n\\t/usr/local/go/src/runtime/panic.go:884 +0x212\\n"
            + "example.com/acme/shop/pkg/cart.Add(...)\\n\\t/src/pkg/cart/cart.go:7\\n";
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

  @Test
  void pieceWithoutItsEnd_isALineAsItIs_andNoPartOfTheNextMessage() {
    FactRecorder seen = read(POD, record(PIECE + "stderr P panic: half"));
    assertThat(texts(seen)).containsExactly("panic: half");
    seen.read(Otlp.logs(POD, "", record(PIECE + "stderr F other")));

    assertThat(texts(seen)).containsExactly("panic: half", "other");
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

    assertThat(seen.logs).hasSize(1);
    assertThat(seen.logs.get(0).traceIdLow()).isEqualTo(0xd269b633813fc60cL);
    assertThat(seen.logs.get(0).spanId()).isEqualTo(0xeee19b7ec3c1b174L);
    assertThat(seen.logs.get(0).severity()).isEqualTo(17);
    assertThat(seen.logs.get(0).excerpt())
        .isEqualTo("get /api/v1/pods ResponseComplete 503 Down a-1");
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
