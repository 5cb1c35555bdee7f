// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.alerting;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/** A server of somebody else, as a process of its own on a free port of this machine. */
final class Tool implements AutoCloseable {
  /** That of {@code -Dpkgslo.prometheus=PATH}, or the one that is installed. */
  static final String PROMETHEUS = System.getProperty("pkgslo.prometheus", "prometheus");

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final Process process;
  private final URI base;
  private final Path log;

  private Tool(Process process, URI base, Path log) {
    this.process = process;
    this.base = base;
    this.log = log;
  }

  /** Skips the test where {@code command} is not installed. */
  static void assume(String command, String debianPackage) throws InterruptedException {
    try {
      Process version =
          new ProcessBuilder(command, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      assumeTrue(version.waitFor() == 0, command + " --version failed");
    } catch (IOException e) {
      assumeTrue(false, command + " is not installed: apt-get install " + debianPackage);
    }
  }

  /** Starts {@code command}; its output goes to a file in {@code directory}. */
  static Tool start(Path directory, int port, List<String> command) throws IOException {
    Path log = directory.resolve(Path.of(command.get(0)).getFileName() + ".log");
    List<String> arguments = new ArrayList<>(command);
    arguments.add("--web.listen-address=127.0.0.1:" + port);
    Process process =
        new ProcessBuilder(arguments)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Tool(process, URI.create("http://127.0.0.1:" + port + "/"), log);
  }

  /**
   * Starts Prometheus with {@code config}; what it needs to be told stands in {@code directory}.
   */
  static Tool prometheus(Path directory, int port, String config, String... flags)
      throws IOException {
    Files.writeString(directory.resolve("prometheus.yml"), config);
    List<String> command =
        new ArrayList<>(
            List.of(PROMETHEUS, "--config.file=prometheus.yml", "--storage.tsdb.path=prometheus"));
    command.addAll(List.of(flags));
    return start(directory, port, command);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  URI base() {
    return base;
  }

  /** Fails when it has ended. */
  boolean isReady() throws InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("ended with " + process.exitValue() + ", see " + log);
    }
    try {
      return get("-/ready").equals("200");
    } catch (IOException e) {
      return false;
    }
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).build();
    return "" + http.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** The body of an answer with status 200. */
  String ask(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
