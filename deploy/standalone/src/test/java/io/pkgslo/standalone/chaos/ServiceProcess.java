// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import io.pkgslo.standalone.exact.Exposition;
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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a service, as a container runs it: the built application of its module in a JVM
 * of its own. It can be killed, frozen and started again; port and state directory stay.
 */
public final class ServiceProcess implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long STOP_SECONDS = 30;

  private final String name;
  private final List<String> command;
  private final Path log;
  private final URI base;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private volatile @Nullable Process process;

  /**
   * @param module whose application it is: ingest, analyzer, alerts
   * @param settings of the application
   */
  public ServiceProcess(String module, String name, Path directory, Map<String, String> settings)
      throws IOException {
    Path jar = Path.of("..", "..", module, "target", "quarkus-app", "quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          jar + " is not built: mvn -pl deploy/standalone -am package goes before this test");
    }
    int port = freePort();
    this.name = name;
    this.log = directory.resolve(name + ".log");
    this.base = URI.create("http://127.0.0.1:" + port + "/");
    this.command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    command.add("-Dquarkus.http.host=127.0.0.1");
    command.add("-Dquarkus.http.port=" + port);
    command.add("-Dquarkus.log.category.\"org.apache.kafka\".level=WARN");
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-jar", jar.toString()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public String name() {
    return name;
  }

  /** Where it answers. */
  public URI base() {
    return base;
  }

  public synchronized void start() throws IOException {
    if (isAlive()) {
      return;
    }
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  public boolean isAlive() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().waitFor();
    }
  }

  /** SIGTERM; returns how long it took to end. */
  Duration stop() throws InterruptedException {
    Process running = process;
    if (running == null) {
      return Duration.ZERO;
    }
    long start = System.nanoTime();
    running.destroy();
    if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(name + " did not stop within " + STOP_SECONDS + " s");
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** SIGSTOP: it holds everything it has, and does nothing. */
  void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** SIGCONT. */
  void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    Process running = process;
    if (running != null && running.isAlive()) {
      signal(signal, running.pid());
    }
  }

  static void signal(String signal, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
  }

  /** From now on, until it is started again, no file of it grows beyond a length. */
  void limitFiles(long bytes) throws IOException, InterruptedException {
    Process running = Objects.requireNonNull(process);
    Process limit =
        new ProcessBuilder(
                "prlimit", "--pid", Long.toString(running.pid()), "--fsize=" + bytes + ":unlimited")
            .inheritIO()
            .start();
    if (limit.waitFor() != 0) {
      throw new IOException("prlimit ended with " + limit.exitValue());
    }
  }

  /**
   * What {@code /q/health} says; empty while it does not answer.
   *
   * @param check ready or live
   */
  String health(String check) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("q/health/" + check)).timeout(TIMEOUT).build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    }
  }

  /** What it shows; null while it does not answer. */
  public @Nullable Exposition scrape() throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(base.resolve("metrics")).timeout(TIMEOUT).build();
    try {
      return Exposition.parse(http.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      return null;
    }
  }

  /** The end of what it said. */
  public String tail() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
