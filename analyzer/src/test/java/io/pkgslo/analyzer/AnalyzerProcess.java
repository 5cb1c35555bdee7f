// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.platform.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** An analyzer in a JVM of its own, so that it can be killed. */
final class AnalyzerProcess {
  private AnalyzerProcess() {}

  /** Starts one; it lives until it is destroyed. */
  static Process start(String bootstrap, int partitions, Path directory) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                AnalyzerProcess.class.getName(),
                bootstrap,
                Integer.toString(partitions),
                directory.toString()))
        .redirectErrorStream(true)
        .redirectOutput(directory.resolveSibling("analyzer.log").toFile())
        .start();
  }

  public static void main(String[] arguments) throws InterruptedException {
    AnalyzerPipeline pipeline =
        new AnalyzerPipeline(
            AnalyzerSettings.defaults(
                KafkaSettings.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                Path.of(arguments[2])),
            Clock.systemUTC());
    pipeline.start();
    Thread.currentThread().join();
  }
}
