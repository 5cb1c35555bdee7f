// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.restart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built application of the analyzer in a JVM of its own, as a container runs it. */
final class AnalyzerApplication implements AutoCloseable {
  private static final long POLL_MILLIS = 250;
  private static final Pattern USED = Pattern.compile("(?:total|size)[^\\n]*?used (\\d+)K");
  private static final Pattern RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private final Process process;
  private final URI metrics;
  private final HttpClient http = HttpClient.newHttpClient();
  private final long startedNanos = System.nanoTime();

  private AnalyzerApplication(Process process, URI metrics) {
    this.process = process;
    this.metrics = metrics;
  }

  /**
   * @param home of the source tree, with the application built
   * @param directory for its state and its log
   */
  static AnalyzerApplication start(
      Path home, Path directory, String bootstrapServers, int partitions, String heap)
      throws IOException {
    Path jar = home.resolve("analyzer/target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new IOException(jar + " is not built");
    }
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(java("java"));
    command.addAll(
        List.of(
            "-Xmx" + heap,
            "-XX:+UseParallelGC",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dpkgslo.kafka.bootstrap.servers=" + bootstrapServers,
            "-Dpkgslo.partitions=" + partitions,
            "-Dpkgslo.analyzer.state-directory=" + directory.resolve("state"),
            "-jar",
            jar.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("analyzer.log").toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new AnalyzerApplication(process, URI.create("http://127.0.0.1:" + port + "/metrics"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String java(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  /**
   * Waits until it shows so many calls.
   *
   * @throws IOException when it ended, or shows more
   */
  void awaitCalls(long calls) throws IOException, InterruptedException {
    URI counter = URI.create(metrics + "?name%5B%5D=go_package_calls_total");
    while (true) {
      Scrape scrape = Scrape.of(http, counter);
      if (scrape != null && scrape.calls() >= calls) {
        if (scrape.calls() > calls) {
          throw new IOException("shows " + scrape.calls() + " calls, there were " + calls);
        }
        return;
      }
      if (!process.isAlive()) {
        throw new IOException("the analyzer ended; its log says why");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Everything; fails when it does not answer. */
  Scrape scrape(String query) throws IOException, InterruptedException {
    Scrape scrape = Scrape.of(http, URI.create(metrics + query));
    if (scrape == null) {
      throw new IOException("no answer from " + metrics + query);
    }
    return scrape;
  }

  double secondsSinceStart() {
    return (System.nanoTime() - startedNanos) / 1e9;
  }

  double cpuSeconds() {
    return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1e3;
  }

  /** Heap in use after a collection, MiB. */
  long usedHeapMebibytes() throws IOException, InterruptedException {
    jcmd("GC.run");
    long kibibytes = 0;
    for (String line : jcmd("GC.heap_info").lines().toList()) {
      Matcher used = USED.matcher(line);
      if (!line.contains("Metaspace") && used.find()) {
        kibibytes += Long.parseLong(used.group(1));
      }
    }
    return kibibytes >> 10;
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Process tool =
        new ProcessBuilder(java("jcmd"), Long.toString(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    tool.waitFor();
    return said;
  }

  /** The most memory that was ever resident, MiB; 0 where the system does not say. */
  long peakResidentMebibytes() {
    try {
      Matcher resident =
          RESIDENT.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
      return resident.find() ? Long.parseLong(resident.group(1)) >> 10 : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and SIGKILL when that is of no use. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
