// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.server;

import io.prometheus.client.CollectorRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.Quarkus;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Quarkus with all three services in this process. The services are found by CDI and start and stop
 * with it; there can be one host per process.
 */
public final class ServiceHost implements AutoCloseable {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

  private final CompletableFuture<Integer> ended;
  private final URI base;

  private ServiceHost(CompletableFuture<Integer> ended, URI base) {
    this.ended = ended;
    this.base = base;
  }

  /**
   * What the command line decides; all else comes from the usual sources of configuration, which
   * these settings override.
   *
   * @param kafka bootstrap servers
   * @param stateDir below it the analyzer keeps its state; the other services keep none
   * @param host address to bind
   * @param port of the HTTP API; 0 for any free one
   */
  public record Settings(String kafka, Path stateDir, String host, int port) {}

  /**
   * Starts the services and returns when they are started.
   *
   * @throws IllegalStateException if they cannot start; the reason is in the log before it
   */
  public static ServiceHost start(Settings settings) throws InterruptedException {
    int port = settings.port() == 0 ? freePort(settings.host()) : settings.port();
    System.setProperty("pkgslo.kafka.bootstrap.servers", settings.kafka());
    System.setProperty("quarkus.http.host", settings.host());
    System.setProperty("quarkus.http.port", Integer.toString(port));
    System.setProperty(
        "pkgslo.analyzer.state-directory", settings.stateDir().resolve("analyzer").toString());
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    CompletableFuture<@Nullable Void> started = StartSignal.next();
    Thread thread =
        new Thread(
            () ->
                Quarkus.run(
                    StartSignal.class,
                    (code, failure) -> {
                      ended.complete(code);
                      started.completeExceptionally(
                          failure == null
                              ? new IllegalStateException("ended with code " + code)
                              : failure);
                    }),
            "services");
    thread.start();
    try {
      started.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the services did not start: " + rootOf(e).getMessage(), e);
    }
    return new ServiceHost(ended, URI.create("http://" + authority(settings.host(), port) + "/"));
  }

  /** Where the HTTP API is, with a slash at the end. */
  public URI base() {
    return base;
  }

  /** The services' event loops, for what else shall run on them. */
  public Vertx vertx() {
    return Arc.container().instance(Vertx.class).get();
  }

  /** What the services show, for what else has something to show. */
  public CollectorRegistry registry() {
    return Arc.container().instance(CollectorRegistry.class).get();
  }

  /** Completes with the exit code when the services have ended. */
  public CompletableFuture<Integer> ended() {
    return ended;
  }

  /** Stops the services, within 30 s at the latest. */
  @Override
  public void close() {
    if (!ended.isDone()) {
      Quarkus.asyncExit();
    }
    try {
      ended.get(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      System.err.println(
          "pkgslo: the services did not stop within " + STOP_WITHIN.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Quarkus wraps what a service says in its own words. */
  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String authority(String host, int port) {
    String reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host;
    return (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + port;
  }

  private static int freePort(String host) {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getAllByName(host)[0])) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("cannot listen on " + host + ": " + e.getMessage(), e);
    }
  }
}
