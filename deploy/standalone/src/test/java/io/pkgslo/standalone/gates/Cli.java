// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.gates;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./pkgslo gate} as a process, as a pipeline runs it. */
final class Cli {
  private static final Path APPLICATION = Path.of("target", "quarkus-app", "quarkus-run.jar");

  private Cli() {}

  record Result(int exitCode, String output) {}

  static Process start(URI address, Scene scene) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                APPLICATION.toString(),
                "gate",
                "--service",
                scene.service(),
                "--version",
                Scene.VERSION,
                "--url",
                address.toString()))
        .redirectErrorStream(true)
        .start();
  }

  static Result result(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("pkgslo gate does not end: " + output);
    }
    return new Result(process.exitValue(), output);
  }
}
