// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.pkgslo.ingest.attribute.AttributeSettings;
import io.pkgslo.ingest.attribute.DropReason;
import io.pkgslo.ingest.attribute.ItemCounts;
import io.pkgslo.ingest.attribute.ItemSelectors;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.publish.FactBuffers;
import io.pkgslo.ingest.publish.ProgressReport;
import io.pkgslo.ingest.record.Rejection;
import io.pkgslo.ingest.record.Signal;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a sender writes where, nothing throws and every item is accounted for. */
class OtlpRecordHandlerTest {
  private static final int RECORDS = Integer.getInteger("pkgslo.fuzz.iterations", 3_000);
  private static final long NOW = System.currentTimeMillis() * 1_000_000L;
  private static final List<String> KEYS =
      List.of(
          "service.name",
          "service.namespace",
          "service.version",
          "service.instance.id",
          "k8s.pod.uid",
          "k8s.container.name",
          "k8s.deployment.name",
          "k8s.replicaset.name",
          "container.id",
          "container.image.repo_digests",
          "host.name",
          "process.pid",
          "process.creation.time",
          "k8s.container.restart_count",
          "code.function.name",
          "code.function",
          "code.namespace",
          "code.file.path",
          "exception.type",
          "exception.message",
          "exception.stacktrace",
          "http.response.status_code",
          "rpc.grpc.status_code",
          "rpc.response.status_code",
          "SampleRate",
          "sampling.rate",
          "jaeger.sampler.type",
          "jaeger.sampler.param",
          "sampling.threshold",
          "log.iostream",
          "log.file.path",
          "logtag",
          "auditID",
          "audit-id",
          "request_id",
          "http.request.header.x-request-id",
          "peer.service",
          "server.address",
          "server.port",
          "net.peer.name",
          "net.peer.port",
          "rpc.service",
          "rpc.method",
          "messaging.destination.name",
          "messaging.system",
          "trace_id",
          "span_id",
          "dd",
          "dd.trace_id",
          "traceparent",
          "uber-trace-id",
          "b3",
          "logger",
          "func",
          "source",
          "stacktrace",
          "level",
          "stream",
          "log",
          "go.package.path",
          "component",
          "");
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "probabilistic",
          "ratelimiting",
          "stderr",
          "stdout",
          "1",
          "-1",
          "1e400",
          "NaN",
          "5b8efff798038103d269b633813fc60c",
          "eee19b7ec3c1b174",
          "18446744073709551615",
          "00-5b8efff798038103d269b633813fc60c-eee19b7ec3c1b174-01",
          "1:2:3:4",
          ":::",
          "---",
          "00-",
          "github.com/acme/shop/pkg/cart.(*T).M",
          "main.main",
          "%2e%zz/a.b",
          "a/b.",
          "/",
          "[...]",
          "runtime.boundsError",
          "*errors.errorString",
          "2026-11-20T12:00:00Z",
          "999999999-01-01",
          "\u0000\uD83D\uDE00\uFFFD",
          "x".repeat(5_000),
          "{\"level\":\"error\",\"msg\":\"x\"",
          "{\"log\":\"panic: x\\n\",\"stream\":\"stderr\"}",
          "{",
          "{}",
          "{{{{",
          "trace_id=",
          "id=:",
          "2026-08-21T10:00:00.123456789Z stderr F panic: boom",
          "panic: boom\n\ngoroutine 1 [",
          "goroutine 7 [running]:\npanic({0x1})\n\t/r/panic.go:1\nexample.com/a.F(0x0)\n\t/a.go:9",
          "2026-08-21T10:00:00.123456789Z stderr P {\"msg\":\"half",
          "2026-08-21T10:00:00.123456789Z stdout P ",
          "2026-08-21T10:00:00.123456789Z stdout F  of it\\n.go:7\"}",
          "2026-08-21T10:00:00.123456789Z stderr P " + "y".repeat(70_000),
          "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"auditID\":\"a-1\","
              + "\"stage\":\"RequestReceived\",\"annotations\":{\"x-request-id\":\"r\"}}",
          "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"auditID\":\"\","
              + "\"stage\":5,\"responseStatus\":{\"code\":\"x\"}}",
          "P",
          "LOCALHOST",
          "/a.B/C",
          "init main @17 ms, 0 ms clock, 0 bytes, 0 allocs",
          "panic: " + "\n".repeat(3_000));
  private static final List<String> NAMES =
      List.of("init", "init a/b", "x.init", "GET /", "", "init \u0000", "/.init");
  private static final List<String> STATES =
      List.of(
          "",
          "ot=",
          "ot=th:8",
          "ot=th:;p:;rv:",
          ",,,=",
          "ot=p:63",
          "es=s:",
          "a=" + "b".repeat(300));

  private final Random random;
  private final FactBuffers facts = new FactBuffers(3);
  private final ItemCounts counts = new ItemCounts();
  private final OtlpRecordHandler handler =
      new OtlpRecordHandler(
          AttributeSettings.DEFAULT,
          DecodeLimits.DEFAULT,
          facts,
          Clock.systemUTC(),
          () -> ItemSelectors.NONE);

  OtlpRecordHandlerTest() {
    long seed = Long.getLong("pkgslo.fuzz.seed", new Random().nextLong());
    System.out.println("handler: -Dpkgslo.fuzz.seed=" + seed);
    random = new Random(seed);
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private Object anyValue(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> random.nextLong();
      case 1 -> any(List.of(0.0, -1.0, 0.5, 1e300, Double.NaN, Double.POSITIVE_INFINITY));
      case 2 -> random.nextBoolean();
      case 6 -> List.of(anyValue(depth - 1), anyValue(depth - 1));
      case 7 -> Map.of(any(KEYS), anyValue(depth - 1), "msg", anyValue(depth - 1));
      default -> any(TEXTS);
    };
  }

  private List<KeyValue> anyAttributes() {
    List<Object> flat = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      flat.add(any(KEYS));
      flat.add(anyValue(3));
    }
    return Otlp.attributes(flat.toArray());
  }

  private long anyTime() {
    return any(List.of(0L, 1L, NOW, NOW - 5, NOW + 10_000_000_000_000L, -1L, Long.MAX_VALUE));
  }

  private Resource anyResource() {
    return Resource.newBuilder().addAllAttributes(anyAttributes()).build();
  }

  private Span.Builder anySpan() {
    Span.Builder span =
        Otlp.span(random.nextInt(3), random.nextInt(3), anyTime())
            .setName(any(NAMES))
            .setTraceState(any(STATES))
            .setStartTimeUnixNano(anyTime())
            .setKindValue(random.nextInt(9) - 1)
            .setFlags(random.nextInt())
            .setStatus(Status.newBuilder().setCodeValue(random.nextInt(5)).setMessage(any(TEXTS)))
            .addAllAttributes(anyAttributes());
    for (int i = random.nextInt(3); i > 0; i--) {
      span.addEvents(
          Span.Event.newBuilder()
              .setName(any(List.of("exception", "other")))
              .setTimeUnixNano(anyTime())
              .addAllAttributes(anyAttributes()));
    }
    return span;
  }

  private LogRecord.Builder anyLog() {
    return LogRecord.newBuilder()
        .setTimeUnixNano(anyTime())
        .setObservedTimeUnixNano(anyTime())
        .setSeverityNumberValue(random.nextInt(40) - 5)
        .setSeverityText(any(TEXTS))
        .setBody(Otlp.value(anyValue(3)))
        .addAllAttributes(anyAttributes());
  }

  private byte[] anyRecord(Signal signal) {
    String scope = any(List.of("", "github.com/acme/shop", "%%%", "a/b", any(TEXTS)));
    return switch (signal) {
      case SPANS -> Otlp.traces(anyResource(), scope, anySpan(), anySpan()).toByteArray();
      case LOGS -> Otlp.logs(anyResource(), scope, anyLog(), anyLog()).toByteArray();
      case METRICS -> Otlp.metrics(anyResource()).toByteArray();
    };
  }

  @Test
  void oddTelemetry_neverThrows_andEveryItemIsAccountedFor() {
    long blocks = 0;
    for (int i = 0; i < RECORDS; i++) {
      Signal signal = any(List.of(Signal.SPANS, Signal.LOGS));
      Rejection rejection =
          handler.handle(signal, ByteBuffer.wrap(anyRecord(signal)), NOW / 1_000_000, counts);
      assertThat(rejection).isNull();
      if (i % 100 == 0) {
        blocks += written();
      }
    }
    assertThat(blocks).isPositive();
    assertThat(counts.receivedItems()).isEqualTo(2L * RECORDS);
    long dropped = 0;
    for (DropReason reason : DropReason.values()) {
      dropped += counts.droppedItems(reason);
    }
    assertThat(counts.processedItems() + dropped).isEqualTo(counts.receivedItems());
    assertThat(dropped).isPositive();
  }

  private long written() {
    long[] records = {0};
    facts.write(1, new ProgressReport(List.of()), record -> records[0]++);
    facts.clear();
    return records[0];
  }

  @Test
  void rejectedRecord_leavesNoFactsAndNoItems() {
    byte[] whole = anyRecord(Signal.SPANS);
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);
    Rejection rejection = handler.handle(Signal.SPANS, ByteBuffer.wrap(cut), 1, counts);
    assertThat(rejection).isNotNull();
    assertThat(OtlpRecordHandler.rejections()).contains(rejection.reason());
    assertThat(counts.receivedItems()).isZero();
    assertThat(written()).isZero();
  }
}
