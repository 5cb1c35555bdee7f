// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The real promtool: that of {@code -Dpkgslo.promtool=PATH}, or the one that is installed. What is
 * generated must pass with Debian's (2.42) and with a current one (3).
 */
final class Promtool {
  private static final String PROPERTY = "pkgslo.promtool";
  private static final String COMMAND = System.getProperty(PROPERTY, "promtool");

  private Promtool() {}

  /** Skips the test without promtool; one that was named must be there. */
  static void assume() throws InterruptedException {
    boolean runs = false;
    try {
      runs = new ProcessBuilder(COMMAND, "--version").start().waitFor() == 0;
    } catch (IOException e) {
      assumeTrue(
          System.getProperty(PROPERTY) != null,
          "promtool is not installed: apt-get install prometheus");
    }
    assertThat(runs).as("%s --version", COMMAND).isTrue();
  }

  /** Whether its tests can have native histograms: from 2.48 on. */
  static boolean hasNativeHistograms() throws IOException, InterruptedException {
    Matcher version = Pattern.compile("version (\\d+)\\.(\\d+)").matcher(run("--version"));
    assertThat(version.find()).isTrue();
    int major = Integer.parseInt(version.group(1));
    return major > 2 || (major == 2 && Integer.parseInt(version.group(2)) >= 48);
  }

  /** Returns what it says; fails when it ends with anything but 0. */
  static String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(COMMAND));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  static void checkRules(Path file) throws IOException, InterruptedException {
    assertThat(run("check", "rules", file.toString()))
        .contains("SUCCESS")
        .doesNotContain("duplicate");
  }

  static void testRules(Path file) throws IOException, InterruptedException {
    assertThat(run("test", "rules", file.toString())).contains("SUCCESS");
  }
}
