// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.gates;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** {@code benchmarks/run gates}: see docs/performance.md. */
public final class GateLatency {
  private static final String USAGE =
      "usage: gates [--seconds N] [--rate REQUESTS_PER_SECOND] [--services N]"
          + " [--spans-per-second N] [--home DIR]";

  /** The first look takes up to two minutes and the settle delays. */
  private static final Duration WARM_UP = Duration.ofMinutes(5);

  private GateLatency() {}

  public static void main(String... args) throws Exception {
    Map<String, String> options;
    try {
      options = options(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + USAGE);
      System.exit(2);
      return;
    }
    measure(
        Path.of(options.getOrDefault("--home", ".")),
        Duration.ofSeconds(number(options, "--seconds", 180)),
        number(options, "--rate", 200),
        number(options, "--services", 100),
        number(options, "--spans-per-second", 2000));
  }

  private static Map<String, String> options(String... args) {
    Map<String, String> options = new HashMap<>();
    for (Iterator<String> rest = List.of(args).iterator(); rest.hasNext(); ) {
      String option = rest.next();
      if (!USAGE.contains("[" + option + " ") || !rest.hasNext()) {
        throw new IllegalArgumentException("not understood: " + option);
      }
      options.put(option, rest.next());
    }
    return options;
  }

  private static int number(Map<String, String> options, String name, int otherwise) {
    return Integer.parseInt(options.getOrDefault(name, Integer.toString(otherwise)));
  }

  private static void measure(
      Path home, Duration duration, int rate, int services, int spansPerSecond) throws Exception {
    Clock clock = Clock.systemUTC();
    Path directory = Files.createTempDirectory("pkgslo-gates");
    try (Application application = Application.start(home, directory);
        CrashLoops crashes = new CrashLoops(application.otlp(), services, clock);
        VerdictTimes verdicts = new VerdictTimes(application.kafka(), crashes, services, clock)) {
      Rollouts rollouts = new Rollouts(application.otlp(), services, spansPerSecond, clock);
      Thread feeder = new Thread(rollouts, "rollouts");
      feeder.start();
      verdicts.start();
      verdicts.awaitRollouts(WARM_UP);
      crashes.start();
      long before = rollouts.sent();
      GateLoad load = new GateLoad(application.http(), services);
      load.run(rate, duration);
      crashes.stop();
      double spans = (rollouts.sent() - before) / (double) duration.toSeconds();
      GateReport report =
          new GateReport(
              services,
              spans,
              rate,
              duration,
              load,
              verdicts.times(),
              crashes.times(),
              crashes.unanswered());
      System.out.print(report.text());
      feeder.interrupt();
      feeder.join();
    }
  }
}
