// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.otlp;

import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicSpec;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Receives OTLP over HTTP and gRPC and writes it to Kafka, see the package's description.
 *
 * <p>Speaks plain text only and is meant for loopback; across a network the Collector is the right
 * door, with TLS and authentication.
 */
public final class OtlpReceiver implements AutoCloseable {
  private static final int DEFAULT_PARTITIONS = 4;
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final OtlpSink sink;
  private final HttpServer http;
  private final HttpServer grpc;

  private OtlpReceiver(OtlpSink sink, HttpServer http, HttpServer grpc) {
    this.sink = sink;
    this.http = http;
    this.grpc = grpc;
  }

  /**
   * Where to listen, and how much to take.
   *
   * @param host address to bind, e.g. {@code 127.0.0.1}
   * @param httpPort 0 for any free one
   * @param grpcPort 0 for any free one
   * @param maxBodyBytes largest request, packed and unpacked
   */
  public record Settings(String host, int httpPort, int grpcPort, int maxBodyBytes) {
    /** The ports that every OpenTelemetry SDK tries first. */
    public static final Settings DEFAULT = new Settings("127.0.0.1", 4318, 4317, 16 << 20);

    public Settings {
      if (host.isBlank()) {
        throw new IllegalArgumentException("host is empty");
      }
      checkPort(httpPort);
      checkPort(grpcPort);
      if (maxBodyBytes < OtlpSplitter.MAX_RECORD_BYTES) {
        throw new IllegalArgumentException(
            "maxBodyBytes must be at least "
                + OtlpSplitter.MAX_RECORD_BYTES
                + ", not "
                + maxBodyBytes);
      }
    }

    private static void checkPort(int port) {
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException("port must lie in 0 to 65535, not " + port);
      }
    }
  }

  /**
   * Creates the OTLP topics where they are missing and starts both servers. Blocks; not for an
   * event loop.
   *
   * @param registry takes the account of requests
   * @throws IllegalStateException if Kafka does not answer or a port is taken; the message says
   *     which
   */
  public static OtlpReceiver start(
      Vertx vertx, KafkaSettings kafka, Settings settings, CollectorRegistry registry) {
    new TopicAdmin(kafka, TIMEOUT)
        .ensure(
            Topics.otlp().stream().map(topic -> TopicSpec.suggested(topic, partitions())).toList());
    OtlpMeters meters = new OtlpMeters(registry);
    OtlpSink sink = new OtlpSink(vertx, kafka, settings.maxBodyBytes());
    GrpcServer calls =
        GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(settings.maxBodyBytes()))
            .callHandler(new OtlpGrpcHandler(sink, meters));
    HttpServer http = null;
    try {
      http = listen(vertx, settings.host(), settings.httpPort(), new OtlpHttpHandler(sink, meters));
      HttpServer grpc = listen(vertx, settings.host(), settings.grpcPort(), calls);
      return new OtlpReceiver(sink, http, grpc);
    } catch (IllegalStateException e) {
      if (http != null) {
        await(http.close(), "closing");
      }
      sink.close();
      throw e;
    }
  }

  /** As ingest would create them. */
  private static int partitions() {
    return ConfigProvider.getConfig()
        .getOptionalValue("pkgslo.partitions", Integer.class)
        .orElse(DEFAULT_PARTITIONS);
  }

  /** Port of OTLP/HTTP. */
  public int httpPort() {
    return http.actualPort();
  }

  /** Port of OTLP/gRPC. */
  public int grpcPort() {
    return grpc.actualPort();
  }

  /**
   * Takes no more requests. What was handed to Kafka is written; a sender that has no answer yet
   * sends again, elsewhere or later.
   */
  @Override
  public void close() {
    await(Future.join(http.close(), grpc.close()).mapEmpty(), "closing");
    sink.close();
  }

  private static HttpServer listen(
      Vertx vertx, String host, int port, Handler<HttpServerRequest> handler) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setIdleTimeout(2)
            .setIdleTimeoutUnit(TimeUnit.MINUTES);
    return await(
        vertx.createHttpServer(options).requestHandler(handler).listen(),
        "listening on " + host + ":" + port);
  }

  private static <T> T await(Future<T> future, String doing) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new IllegalStateException(
          doing + " failed: " + (cause == null ? e.getMessage() : cause.getMessage()), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(doing + " took over " + TIMEOUT, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + doing, e);
    }
  }
}
