// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.testing.Accounts;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real clients of other people on one side, a real broker on the other. */
class OtlpReceiverIT {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MAX_BODY = 2_000_000;

  @TempDir static Path dir;

  private static final CollectorRegistry REGISTRY = new CollectorRegistry();

  private static Vertx vertx;
  private static EmbeddedKafka kafka;
  private static OtlpReceiver receiver;
  private static ManagedChannel channel;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    kafka = EmbeddedKafka.start(dir);
    // One partition each, so that what was written last is the last one there.
    Topics.otlp().forEach(topic -> kafka.createTopic(topic, 1));
    receiver =
        OtlpReceiver.start(
            vertx,
            KafkaSettings.of(kafka.bootstrapServers()),
            new OtlpReceiver.Settings("127.0.0.1", 0, 0, MAX_BODY),
            REGISTRY);
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", receiver.grpcPort()).usePlaintext().build();
  }

  @BeforeEach
  void watch() {
    Accounts.watch("receiver", REGISTRY);
  }

  @AfterAll
  static void stop() throws Exception {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    receiver.close();
    kafka.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void http_protobuf_isWrittenUnchangedAndAcknowledgedWithAnEmptyMessage() throws Exception {
    byte[] body = spans("http-protobuf", 10).toByteArray();

    HttpResponse<byte[]> response = post("/v1/traces", PROTOBUF, body);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains(PROTOBUF);
    assertThat(response.body()).isEmpty();
    assertThat(lastValue(Topics.OTLP_SPANS)).isEqualTo(body);
  }

  @Test
  void http_jsonGzip_isUnpackedAndAcknowledgedInJson() throws Exception {
    String body = "{\"resourceLogs\":[{\"schemaUrl\":\"http-json\"}]}";

    HttpResponse<byte[]> response =
        http.send(
            request("/v1/logs", JSON + "; charset=utf-8")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(gzip(body.getBytes(StandardCharsets.UTF_8))))
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).asString().isEqualTo("{}");
    assertThat(lastValue(Topics.OTLP_LOGS)).asString().isEqualTo(body);
  }

  @Test
  void http_largeRequest_becomesSeveralRecords() throws Exception {
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(spans("large-a", 700_000).getResourceSpans(0))
            .addResourceSpans(spans("large-b", 700_000).getResourceSpans(0))
            .build();

    assertThat(post("/v1/traces", PROTOBUF, request.toByteArray()).statusCode()).isEqualTo(200);

    assertThat(allValues(Topics.OTLP_SPANS))
        .contains(
            request.toBuilder().removeResourceSpans(1).build().toByteArray(),
            request.toBuilder().removeResourceSpans(0).build().toByteArray());
  }

  @Test
  void http_errors_haveTheStatusAndAReasonInTheRequestsEncoding() throws Exception {
    HttpResponse<byte[]> malformed = post("/v1/traces", PROTOBUF, new byte[] {0x12, 1, 0});
    assertThat(malformed.statusCode()).isEqualTo(400);
    assertThat(malformed.headers().firstValue("content-type")).contains(PROTOBUF);
    // google.rpc.Status: field 1 varint 3 (INVALID_ARGUMENT), field 2 the message.
    assertThat(malformed.body()).startsWith(0x08, 0x03, 0x12);

    HttpResponse<byte[]> json = post("/v1/metrics", JSON, "{".getBytes(StandardCharsets.UTF_8));
    assertThat(json.statusCode()).isEqualTo(400);
    JsonObject status = new JsonObject(new String(json.body(), StandardCharsets.UTF_8));
    assertThat(status.getInteger("code")).isEqualTo(3);
    assertThat(status.getString("message"))
        .isEqualTo("the body is not an OTLP export request in JSON");

    assertThat(post("/v1/profiles", PROTOBUF, new byte[0]).statusCode()).isEqualTo(404);
    assertThat(post("/v1/traces", "text/plain", new byte[0]).statusCode()).isEqualTo(415);
    HttpResponse<byte[]> get =
        http.send(request("/v1/traces", JSON).GET().build(), BodyHandlers.ofByteArray());
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("allow")).contains("POST");
  }

  @Test
  void http_bodyOverTheLimit_packedOrNot_is413() throws Exception {
    byte[] large = spans("413", MAX_BODY).toByteArray();

    assertThat(post("/v1/traces", PROTOBUF, large).statusCode()).isEqualTo(413);
    HttpResponse<byte[]> packed =
        http.send(
            request("/v1/traces", PROTOBUF)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(gzip(large)))
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(packed.statusCode()).isEqualTo(413);
  }

  @Test
  void grpc_allSignals_plainAndGzip_areWrittenUnchanged() throws Exception {
    ExportTraceServiceRequest traces = spans("grpc", 10);
    ExportLogsServiceRequest logs =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().setSchemaUrl("grpc"))
            .build();
    ExportMetricsServiceRequest metrics =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(ResourceMetrics.newBuilder().setSchemaUrl("grpc"))
            .build();

    TraceServiceGrpc.newBlockingStub(channel).export(traces);
    assertThat(LogsServiceGrpc.newBlockingStub(channel).withCompression("gzip").export(logs))
        .isEqualTo(ExportLogsServiceResponse.getDefaultInstance());
    assertThat(MetricsServiceGrpc.newBlockingStub(channel).export(metrics))
        .isEqualTo(ExportMetricsServiceResponse.getDefaultInstance());

    assertThat(lastValue(Topics.OTLP_SPANS)).isEqualTo(traces.toByteArray());
    assertThat(lastValue(Topics.OTLP_LOGS)).isEqualTo(logs.toByteArray());
    assertThat(lastValue(Topics.OTLP_METRICS)).isEqualTo(metrics.toByteArray());
  }

  @Test
  void grpc_tooLarge_packedOrNot_isNotToBeRetried() {
    ExportTraceServiceRequest large = spans("large", MAX_BODY);
    TraceServiceGrpc.TraceServiceBlockingStub stub = TraceServiceGrpc.newBlockingStub(channel);

    assertThatThrownBy(() -> stub.export(large))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
    assertThatThrownBy(() -> stub.withCompression("gzip").export(large))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT))
        .hasMessageContaining("larger than 2000000 bytes");
  }

  /** The official exporters, as a service uses them: both protocols, gzip. */
  @Test
  void officialExporters_areUnderstood() throws Exception {
    try (SpanExporter grpc =
            OtlpGrpcSpanExporter.builder()
                .setEndpoint("http://127.0.0.1:" + receiver.grpcPort())
                .setCompression("gzip")
                .build();
        SpanExporter overHttp =
            OtlpHttpSpanExporter.builder()
                .setEndpoint("http://127.0.0.1:" + receiver.httpPort() + "/v1/traces")
                .setCompression("gzip")
                .build()) {
      assertThat(exportOneSpan(grpc, "by-grpc")).isEqualTo("by-grpc");
      assertThat(exportOneSpan(overHttp, "by-http")).isEqualTo("by-http");
    }
  }

  private static String exportOneSpan(SpanExporter exporter, String name) throws IOException {
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()) {
      provider.get("test").spanBuilder(name).startSpan().end();
      assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
    }
    return TracesData.parseFrom(lastValue(Topics.OTLP_SPANS))
        .getResourceSpans(0)
        .getScopeSpans(0)
        .getSpans(0)
        .getName();
  }

  private HttpResponse<byte[]> post(String path, String type, byte[] body) throws Exception {
    return http.send(
        request(path, type).POST(BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofByteArray());
  }

  /** What never came whole is refused, and nobody waits for it. */
  @Test
  void http_senderThatGoesAwayHalfWay_isAccountedFor() throws Exception {
    double before = cancelled("http");
    try (Socket socket = new Socket("127.0.0.1", receiver.httpPort())) {
      String head =
          "POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: 100\r\n\r\nhalf"
              .formatted(PROTOBUF);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      await().atMost(PATIENCE).until(() -> underWay("http") == 1);
    }
    await().atMost(PATIENCE).until(() -> cancelled("http") == before + 1);
    assertThat(underWay("http")).isZero();
  }

  @Test
  void grpc_callThatIsGivenUpBeforeItsMessage_isAccountedFor() {
    double before = cancelled("grpc");
    ClientCall<ExportTraceServiceRequest, ExportTraceServiceResponse> call =
        channel.newCall(
            // Of a unary call nothing is sent before its message.
            TraceServiceGrpc.getExportMethod().toBuilder()
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .build(),
            CallOptions.DEFAULT);
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    call.request(1);
    await().atMost(PATIENCE).until(() -> underWay("grpc") == 1);

    call.cancel("enough", null);

    await().atMost(PATIENCE).until(() -> cancelled("grpc") == before + 1);
    assertThat(underWay("grpc")).isZero();
  }

  private static double cancelled(String protocol) {
    return REGISTRY.getSampleValue(
        "pkgslo_otlp_requests_refused_total",
        new String[] {"protocol", "reason"},
        new String[] {protocol, "cancelled"});
  }

  private static double underWay(String protocol) {
    return REGISTRY.getSampleValue(
        "pkgslo_otlp_requests_in_flight", new String[] {"protocol"}, new String[] {protocol});
  }

  private static HttpRequest.Builder request(String path, String type) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + receiver.httpPort() + path))
        .header("Content-Type", type);
  }

  private static ExportTraceServiceRequest spans(String name, int bytes) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().setSchemaUrl(name + "x".repeat(bytes)))
        .build();
  }

  private static byte[] lastValue(String topic) {
    List<byte[]> values = allValues(topic);
    return values.get(values.size() - 1);
  }

  /** An acknowledged request stands on the topic already, so reading to its end finds it. */
  private static List<byte[]> allValues(String topic) {
    return TopicReader.values(kafka.bootstrapServers(), topic);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
