// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The built application as a process of its own, started as the launcher does. */
final class Standalone implements AutoCloseable {
  private static final Path APPLICATION = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final Path BROKER = Path.of("..", "broker", "target", "broker.jar");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final Process process;
  private final int port;

  private Standalone(Process process, int port) {
    this.process = process;
    this.port = port;
    Thread reader = new Thread(this::read, "standalone-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts {@code pkgslo demo} on a directory; returns at once. */
  static Standalone demo(Path dataDir, Path recording) throws IOException {
    if (!Files.exists(APPLICATION) || !Files.exists(BROKER)) {
      throw new IllegalStateException(
          "not built: mvn -pl deploy/standalone,deploy/broker -am package goes before this test");
    }
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dpkgslo.broker.jar=" + BROKER.toAbsolutePath().normalize(),
            "-jar",
            APPLICATION.toString(),
            "demo",
            "--data-dir",
            dataDir.toString(),
            "--port",
            Integer.toString(port),
            "--recording",
            recording.toAbsolutePath().normalize().toString());
    return new Standalone(builder.redirectErrorStream(true).start(), port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.add(line);
      }
    } catch (IOException e) {
      said.add("output ends: " + e.getMessage());
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** True once a line of its output contained the text. */
  boolean hasSaid(String text) {
    return said.stream().anyMatch(line -> line.contains(text));
  }

  /** All of its output so far. */
  String output() {
    return String.join("\n", said);
  }

  /** What it shows on {@code /metrics}; null while it does not answer. */
  @Nullable Exposition scrape() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(TIMEOUT)
            .build();
    try {
      return Exposition.parse(http.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      return null;
    }
  }

  /** SIGKILL to the application; its broker notices by itself and stops. */
  void kill() throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().waitFor();
    children.forEach(child -> child.onExit().join());
  }

  /** SIGKILL to the application and its broker. */
  void killWithBroker() throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
    children.forEach(child -> child.onExit().join());
  }

  @Override
  public void close() throws InterruptedException {
    killWithBroker();
  }
}
