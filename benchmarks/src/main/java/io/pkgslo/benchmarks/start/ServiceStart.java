// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One built service, started as a container starts it, and stopped again. */
final class ServiceStart {
  private static final int OK = 200;
  private static final long POLL_MILLIS = 10;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  /** What is loaded only after the first answer belongs into an AOT cache too. */
  private static final long WORKS_ON_MILLIS = 3_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path application;
  private final String kafka;
  private final Path directory;

  /**
   * @param home of the source tree, with the services built
   * @param directory for state and logs
   */
  ServiceStart(Path home, String service, String kafka, Path directory) {
    this.application = home.resolve(service).resolve("target/quarkus-app");
    this.kafka = kafka;
    this.directory = directory.resolve(service);
  }

  /**
   * Starts it and stops it.
   *
   * @param options of the JVM beside the usual ones
   * @return from the start of the process to the first 200 from {@code /metrics}
   */
  double seconds(List<String> options) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    int port = freePort();
    long begin = System.nanoTime();
    Process process = start(options, port);
    try {
      URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
      while (!answers(metrics)) {
        if (!process.isAlive() || System.nanoTime() - begin > PATIENCE_NANOS) {
          throw new IOException(
              application + " gave no answer: " + Files.readString(directory.resolve("log")));
        }
        Thread.sleep(POLL_MILLIS);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      Thread.sleep(WORKS_ON_MILLIS);
      return seconds;
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private Process start(List<String> options, int port) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:+UseParallelGC",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dpkgslo.kafka.bootstrap.servers=" + kafka,
            "-jar",
            "quarkus-run.jar"));
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(application.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile());
    // A setting of a service that does not exist is an error, in the environment it is not.
    process
        .environment()
        .put("PKGSLO_ANALYZER_STATE_DIRECTORY", directory.resolve("state").toString());
    return process.start();
  }

  private boolean answers(URI metrics) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(metrics).timeout(Duration.ofSeconds(5)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
