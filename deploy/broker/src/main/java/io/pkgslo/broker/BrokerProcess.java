// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A broker in a child JVM, as users get it: a fatal fault in Kafka does not take the services down,
 * and Kafka's server jars stay off their class path.
 *
 * <p>The child stops when this object is closed and also when this process dies in any way, because
 * its standard input ends then. What it logs goes to {@code broker.log} in the data directory.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final Duration START_WITHIN = Duration.ofSeconds(60);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(20);
  private static final int LOG_LINES_IN_ERROR = 5;

  private final Process process;
  private final String bootstrapServers;

  private BrokerProcess(Process process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker on a directory and returns when it takes requests.
   *
   * @param port 1 to 65535, or 0 for the one that the directory remembers or any free one
   * @throws BrokerException if it does not start; the message carries what it said
   */
  public static BrokerProcess start(Path dataDir, int port) {
    return builder(dataDir).port(port).start();
  }

  /** For other than the usual settings. */
  public static Builder builder(Path dataDir) {
    return new Builder(dataDir);
  }

  /** Address for clients, {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Operating system's id of the child. */
  public long pid() {
    return process.pid();
  }

  /** Whether the child runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with the child's exit code, when it ends. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Stops the broker, within 20 s at the latest. The data stays. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The pipe is gone, and the child with it or about to be.
    }
    try {
      if (!process.waitFor(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Settings of one child. Not thread-safe. */
  public static final class Builder {
    private final Path dataDir;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private int port;
    private int heapMebibytes = 96;

    private Builder(Path dataDir) {
      this.dataDir = Objects.requireNonNull(dataDir);
    }

    /** 1 to 65535, or 0 (the default) for the one that the directory remembers or any free one. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /** One broker setting; wins over ours. */
    public Builder property(String key, String value) {
      properties.put(key, value);
      return this;
    }

    /** Largest heap of the child in MiB; 96 if absent. */
    public Builder heapMebibytes(int value) {
      heapMebibytes = value;
      return this;
    }

    /**
     * Starts the child and returns when it takes requests.
     *
     * @throws BrokerException if it does not start; the message carries what it said
     */
    public BrokerProcess start() {
      Path log = dataDir.resolve("broker.log");
      Process process = launch(log);
      CompletableFuture<String> ready = new CompletableFuture<>();
      Thread reader = new Thread(() -> readOutput(process, ready), "broker-output");
      reader.setDaemon(true);
      reader.start();
      try {
        String address = ready.get(START_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        return new BrokerProcess(process, address);
      } catch (ExecutionException e) {
        throw new BrokerException(lastWords(log), e);
      } catch (TimeoutException e) {
        process.destroyForcibly();
        throw new BrokerException(
            "the broker was not ready after " + START_WITHIN.toSeconds() + " s; see " + log, e);
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new BrokerException("interrupted while the broker started", e);
      }
    }

    private Process launch(Path log) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(javaOptions());
      command.addAll(BrokerClassPath.javaArguments());
      command.addAll(
          new BrokerArguments(dataDir.toAbsolutePath(), port, properties, true).toCommandLine());
      try {
        Files.createDirectories(dataDir);
        return new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
      } catch (IOException e) {
        throw new BrokerException("cannot start the broker's process: " + e.getMessage(), e);
      }
    }

    private List<String> javaOptions() {
      return List.of(
          "-Xmx" + heapMebibytes + "m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          // Quick to start and small; the broker moves bytes and gains little from C2.
          "-XX:TieredStopAtLevel=1",
          "-XX:MaxMetaspaceSize=128m",
          "-XX:MaxDirectMemorySize=64m",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dlog4j2.configurationFile=log4j2-broker.properties",
          "-Dlog4j2.disableJmx=true");
    }

    private static void readOutput(Process process, CompletableFuture<String> ready) {
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          if (line.startsWith(BrokerMain.READY_PREFIX)) {
            ready.complete(line.substring(BrokerMain.READY_PREFIX.length()));
          }
        }
      } catch (IOException e) {
        ready.completeExceptionally(e);
      }
      ready.completeExceptionally(new IOException("the broker's process ended"));
    }

    private static String lastWords(Path log) {
      List<String> lines;
      try {
        lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      } catch (IOException e) {
        lines = List.of();
      }
      return "the broker did not start: "
          + lines.stream()
              .skip(Math.max(0, lines.size() - LOG_LINES_IN_ERROR))
              .collect(Collectors.joining(System.lineSeparator()));
    }
  }
}
