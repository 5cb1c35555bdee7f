// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.testing.Accounts;
import io.pkgslo.testing.NothingReceived;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka is away for a while: senders are told to come back, and are served when it is there. */
class OtlpOutageIT {
  @TempDir Path dir;

  @Test
  void kafkaDown_isRetryableOnBothProtocols_andOverWhenItIsBack() throws Exception {
    Vertx vertx = Vertx.vertx();
    CollectorRegistry registry = new CollectorRegistry();
    Accounts.watch("receiver", registry);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir);
        OtlpReceiver receiver =
            OtlpReceiver.start(
                vertx,
                KafkaSettings.of(kafka.bootstrapServers()),
                new OtlpReceiver.Settings("127.0.0.1", 0, 0, 1 << 20),
                registry)) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", receiver.grpcPort()).usePlaintext().build();
      ExportTraceServiceRequest request =
          ExportTraceServiceRequest.newBuilder()
              .addResourceSpans(ResourceSpans.newBuilder().setSchemaUrl("x"))
              .build();
      kafka.stop();

      HttpResponse<byte[]> refused = post(receiver, request);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValueAsLong("retry-after")).isPresent();
      // google.rpc.Status: field 1 varint 14 (UNAVAILABLE).
      assertThat(refused.body()).startsWith(0x08, 0x0e);
      assertThatThrownBy(() -> TraceServiceGrpc.newBlockingStub(channel).export(request))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));

      kafka.resume();
      assertThat(post(receiver, request).statusCode()).isEqualTo(200);
      assertThat(TopicReader.values(kafka.bootstrapServers(), Topics.OTLP_SPANS))
          .contains(request.toByteArray());
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  @NothingReceived("nobody sends anything to the one that starts")
  void start_takenPort_saysWhich() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir)) {
      KafkaSettings settings = KafkaSettings.of(kafka.bootstrapServers());
      try (OtlpReceiver first =
          OtlpReceiver.start(
              vertx,
              settings,
              new OtlpReceiver.Settings("127.0.0.1", 0, 0, 1 << 20),
              new CollectorRegistry())) {
        assertThatThrownBy(
                () ->
                    OtlpReceiver.start(
                        vertx,
                        settings,
                        new OtlpReceiver.Settings("127.0.0.1", 0, first.httpPort(), 1 << 20),
                        new CollectorRegistry()))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("listening on 127.0.0.1:" + first.httpPort());
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private static HttpResponse<byte[]> post(OtlpReceiver receiver, ExportTraceServiceRequest request)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + receiver.httpPort() + "/v1/traces"))
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(request.toByteArray()))
                .build(),
            BodyHandlers.ofByteArray());
  }
}
