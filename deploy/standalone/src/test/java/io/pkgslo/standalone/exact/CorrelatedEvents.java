// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import static io.pkgslo.standalone.exact.OtlpValues.id;
import static io.pkgslo.standalone.exact.OtlpValues.number;
import static io.pkgslo.standalone.exact.OtlpValues.text;

import com.google.protobuf.Message;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.model.Partitions;
import io.pkgslo.model.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Items that count for something only together, of processes whose SDK knows pod and container and
 * whose log shipper knows the container alone, in another partition: a call that nobody answered,
 * stages of Kubernetes audit events, pieces of a crash's line in two messages, and one
 * initialisation as a span and as a line.
 */
final class CorrelatedEvents {
  /** Value by sample, service and package, and severity of logs. */
  static final Map<String, Integer> EXPECTED =
      Map.of(
          "go_package_clients_without_server_total front github.com/acme/front/buy", 1,
          "go_package_log_records_total kube-apiserver k8s.io/apiserver/endpoints error", 1,
          "go_package_log_records_total kube-apiserver (unattributed) info", 1,
          "go_package_panics_total cart github.com/acme/cart/store", 1,
          "go_package_init_duration_seconds_count cart std", 1,
          "go_package_init_duration_seconds_count cart github.com/acme/cart/store", 1);

  private static final String CRI_TIME = "2026-11-20T10:00:00.123456789Z";

  private final long startMillis;
  private final int partitions;
  private long serial;

  /**
   * @param startMillis of everything
   * @param partitions of our topics
   */
  CorrelatedEvents(long startMillis, int partitions) {
    this.startMillis = startMillis;
    this.partitions = partitions;
  }

  Map<String, List<Message>> all() {
    serial = 0;
    return Map.of(
        Topics.OTLP_SPANS,
        List.of(calls(), answers(), apiServer()),
        Topics.OTLP_LOGS,
        List.of(
            shipped("cart", "F init runtime @0.05 ms, 0.1 ms clock, 0 bytes, 0 allocs"),
            shipped(
                "cart",
                "F init github.com/acme/cart/store @9.5 ms, 15 ms clock, 8 bytes, 1 allocs"),
            shipped(
                "cart",
                "F panic: cart is full",
                "F ",
                "F goroutine 7 [running]:",
                "P github.com/acme/cart/st"),
            shipped("cart", "F ore.(*DB).Put(0x0)", "F \t/src/store/db.go:31 +0x1d"),
            audit("a1", "RequestReceived", 0),
            audit("a2", "ResponseComplete", 200),
            audit("a1", "ResponseComplete", 500)));
  }

  /** One call that nobody answers, one with an answer, and one of a database. */
  private Message calls() {
    return spans(
        "front",
        "github.com/acme/front/buy",
        call(1, 11).build(),
        call(2, 12).build(),
        span(3, 13, 0, Span.SpanKind.SPAN_KIND_CLIENT, "SELECT")
            .addAttributes(text("server.address", "db"))
            .addAttributes(number("server.port", 5432))
            .build());
  }

  private Span.Builder call(long trace, long span) {
    return served(span(trace, span, 0, Span.SpanKind.SPAN_KIND_CLIENT, "GET"));
  }

  private static Span.Builder served(Span.Builder span) {
    return span.addAttributes(text("server.address", "cart"))
        .addAttributes(number("server.port", 8080));
  }

  /**
   * The second call has its answer; those to the first one and to others begin traces of their own,
   * in every partition.
   */
  private Message answers() {
    List<Span> answers = new ArrayList<>();
    answers.add(
        span(5, 23, 0, Span.SpanKind.SPAN_KIND_INTERNAL, "init github.com/acme/cart/store")
            .build());
    answers.add(served(span(2, 22, 12, Span.SpanKind.SPAN_KIND_SERVER, "GET /cart")).build());
    Set<Integer> reached = new HashSet<>();
    for (int trace = 100; reached.size() < partitions; trace++) {
      answers.add(
          served(span(trace, trace, 0, Span.SpanKind.SPAN_KIND_SERVER, "GET /cart")).build());
      reached.add(Partitions.ofTrace(0, 7_000 + trace, partitions));
    }
    return spans("cart", "github.com/acme/cart/store", answers.toArray(Span[]::new));
  }

  private Message apiServer() {
    return spans(
        "kube-apiserver",
        "k8s.io/apiserver/endpoints",
        span(6, 31, 0, Span.SpanKind.SPAN_KIND_SERVER, "POST")
            .addAttributes(text("audit-id", "a1"))
            .build());
  }

  private Span.Builder span(long trace, long span, long parent, Span.SpanKind kind, String name) {
    Span.Builder builder =
        Span.newBuilder()
            .setTraceId(id(16, 7_000 + trace))
            .setSpanId(id(8, 7_000 + span))
            .setName(name)
            .setKind(kind)
            .setStartTimeUnixNano(nanos(0))
            .setEndTimeUnixNano(nanos(15));
    return parent == 0 ? builder : builder.setParentSpanId(id(8, 7_000 + parent));
  }

  private long nanos(long millis) {
    return (startMillis + millis) * 1_000_000;
  }

  private Message spans(String service, String scope, Span... spans) {
    return TracesData.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(sdk(service))
                .addScopeSpans(
                    ScopeSpans.newBuilder()
                        .setScope(InstrumentationScope.newBuilder().setName(scope))
                        .addAllSpans(List.of(spans))))
        .build();
  }

  private Message audit(String id, String stage, int code) {
    String record =
        "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\",\"auditID\":\"%s\","
            + "\"stage\":\"%s\",\"verb\":\"create\",\"requestURI\":\"/api/v1/pods\"%s}";
    String status = code == 0 ? "" : ",\"responseStatus\":{\"code\":" + code + "}";
    return logs("kube-apiserver", List.of(record.formatted(id, stage, status)));
  }

  /** Lines of standard error as a container runtime writes them, with their tags. */
  private Message shipped(String service, String... tagged) {
    return logs(service, Arrays.stream(tagged).map(line -> CRI_TIME + " stderr " + line).toList());
  }

  private Message logs(String service, List<String> bodies) {
    List<LogRecord> records = new ArrayList<>();
    for (String body : bodies) {
      records.add(
          LogRecord.newBuilder().setTimeUnixNano(nanos(16) + serial++).setBody(text(body)).build());
    }
    return LogsData.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(
                    Resource.newBuilder().addAttributes(text("container.id", container(service))))
                .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(records)))
        .build();
  }

  private Resource sdk(String service) {
    List<KeyValue> attributes =
        List.of(
            text("service.name", service),
            text("service.version", "1.0"),
            text("k8s.pod.uid", "uid-" + service),
            text("k8s.container.name", service),
            text("container.id", container(service)));
    return Resource.newBuilder().addAllAttributes(attributes).build();
  }

  /** A container whose name leads to another partition than that of its pod. */
  private String container(String service) {
    int home = Partitions.ofProcess("pod:uid-" + service + "/" + service, partitions);
    String id = "c-" + service;
    while (Partitions.ofProcess("container:" + id, partitions) == home) {
      id += "0";
    }
    return id;
  }
}
