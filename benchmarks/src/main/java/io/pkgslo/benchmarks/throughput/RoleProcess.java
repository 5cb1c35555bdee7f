// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A child JVM that plays one role. All roles have the same options. Single-threaded. */
final class RoleProcess implements AutoCloseable {
  private static final int LOG_END = 2_000;

  private final Role role;
  private final Process process;
  private final Path log;
  private final BufferedReader output;

  private RoleProcess(Role role, Process process, Path log) {
    this.role = role;
    this.process = process;
    this.log = log;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a role; what it logs goes to a file in {@code directory}. */
  static RoleProcess start(RoleArguments arguments, List<String> jvmOptions, Path directory)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(RoleMain.class.getName());
    command.addAll(arguments.toCommandLine());
    Path log = directory.resolve(arguments.role().label() + ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new RoleProcess(arguments.role(), process, log);
  }

  /** Returns when the role works. */
  RoleProcess awaitReady() throws IOException {
    line(RoleMain.READY);
    return this;
  }

  /** Returns when the topic is done. */
  Measurement awaitResult() throws IOException {
    return Measurement.parse(line(Measurement.PREFIX));
  }

  private String line(String prefix) throws IOException {
    for (@Nullable String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(prefix)) {
        return line;
      }
    }
    // The directory goes away with this run.
    String said = Files.readString(log, StandardCharsets.UTF_8);
    throw new IOException(
        role.label()
            + " ended without a result; the end of its log:\n"
            + said.substring(Math.max(0, said.length() - LOG_END)));
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.waitFor();
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
