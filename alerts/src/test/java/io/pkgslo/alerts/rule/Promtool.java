// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real promtool, where it is installed. */
final class Promtool {
  private Promtool() {}

  /** Skips the test without promtool. */
  static void assume() throws InterruptedException {
    try {
      assumeTrue(new ProcessBuilder("promtool", "--version").start().waitFor() == 0);
    } catch (IOException e) {
      assumeTrue(false, "promtool is not installed: apt-get install prometheus");
    }
  }

  /** Returns what it says; fails when it ends with anything but 0. */
  static String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  static void checkRules(Path file) throws IOException, InterruptedException {
    assertThat(run("check", "rules", file.toString())).contains("SUCCESS");
  }

  static void testRules(Path file) throws IOException, InterruptedException {
    assertThat(run("test", "rules", file.toString())).contains("SUCCESS");
  }
}
