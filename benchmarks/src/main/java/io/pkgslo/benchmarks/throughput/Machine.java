// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.AppInfoParser;

/** Where and with what a result was measured. */
final class Machine {
  private Machine() {}

  static Map<String, String> describe(List<String> jvmOptions) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("time", Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("cpu", cpu());
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("load_before", load());
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    facts.put("jvm_options", String.join(" ", jvmOptions));
    facts.put("kafka", AppInfoParser.getVersion());
    facts.put("commit", System.getProperty("pkgslo.commit", "unknown"));
    return facts;
  }

  private static String cpu() {
    return lines("/proc/cpuinfo").stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  /** Average number of running processes over the last minute: what else the machine did. */
  private static String load() {
    return lines("/proc/loadavg").stream()
        .map(line -> line.substring(0, line.indexOf(' ')))
        .findFirst()
        .orElse("unknown");
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return List.of();
    }
  }
}
