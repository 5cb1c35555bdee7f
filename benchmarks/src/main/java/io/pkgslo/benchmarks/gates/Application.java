// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.gates;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** {@code ./pkgslo up} on free ports, with a broker of its own. */
public final class Application implements AutoCloseable {
  private static final int ADDRESSES = 6;

  private final Process process;
  private final Map<String, String> addresses = new HashMap<>();

  private Application(Process process) {
    this.process = process;
  }

  /** Returns when it serves. */
  public static Application start(Path home, Path directory) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            home.resolve("pkgslo").toString(),
            "up",
            "--data-dir",
            directory.resolve("data").toString(),
            "--port",
            "0",
            "--otlp-http-port",
            "0",
            "--otlp-grpc-port",
            "0");
    // One caller sends all of the load.
    builder.environment().put("PKGSLO_ALERTS_SECURITY_REQUESTS_PER_SECOND", "1000000");
    builder.environment().put("PKGSLO_ALERTS_SECURITY_BURST", "1000000");
    Application application =
        new Application(
            builder.redirectError(directory.resolve("application.log").toFile()).start());
    BufferedReader output = application.process.inputReader(StandardCharsets.UTF_8);
    for (int i = 0; i < ADDRESSES; i++) {
      String line = output.readLine();
      if (line == null) {
        throw new IOException("it ended, see " + directory.resolve("application.log"));
      }
      String[] parts = line.split(" +", 2);
      application.addresses.put(parts[0], parts[1]);
    }
    return application;
  }

  /** Bootstrap server. */
  public String kafka() {
    return address("kafka");
  }

  URI otlp() {
    return URI.create(address("otlp/http"));
  }

  /** Ends with a slash. */
  public URI http() {
    return URI.create(address("health")).resolve("/");
  }

  /** CPU time of it and of its broker so far. */
  public Duration cpu() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .flatMap(one -> one.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private String address(String what) {
    String address = addresses.get(what);
    if (address == null) {
      throw new IllegalStateException("it has not said where " + what + " is");
    }
    return address;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
