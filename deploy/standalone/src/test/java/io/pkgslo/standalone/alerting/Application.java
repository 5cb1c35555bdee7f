// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.alerting;

import io.pkgslo.standalone.exact.Accounts;
import io.pkgslo.standalone.exact.Exposition;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The built application, {@code pkgslo up}, as a process of its own. */
final class Application implements AutoCloseable {
  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

  private final Map<String, URI> addresses = new ConcurrentHashMap<>();
  private final Process process;

  private Application(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "application-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts it on a Kafka that is there; returns at once. */
  static Application up(String kafka, Path directory, int port, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                JAR.toString(),
                "up",
                "--kafka",
                kafka,
                "--data-dir",
                directory.resolve("data").toString(),
                "--port",
                Integer.toString(port),
                "--otlp-http-port",
                "0",
                "--otlp-grpc-port",
                "0"));
    builder.environment().putAll(environment);
    return new Application(
        builder.redirectError(directory.resolve("application.log").toFile()).start());
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        String[] parts = line.split(" +", 2);
        if (parts.length == 2 && parts[1].startsWith("http")) {
          addresses.put(parts[0], URI.create(parts[1]));
        }
      }
    } catch (IOException e) {
      // It has ended.
    }
  }

  /** Where it listens for {@code what}; null while it has not said so. */
  @Nullable URI address(String what) {
    if (!process.isAlive()) {
      throw new IllegalStateException("the application ended with " + process.exitValue());
    }
    return addresses.get(what);
  }

  /** What its ingest and its analyzer read is accounted for. */
  void awaitBalance() {
    HttpRequest metrics =
        HttpRequest.newBuilder(Objects.requireNonNull(address("health")).resolve("/metrics"))
            .build();
    Accounts.awaitBalance(
        "the application",
        () ->
            Exposition.parse(
                HttpClient.newHttpClient().send(metrics, BodyHandlers.ofString()).body()));
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
