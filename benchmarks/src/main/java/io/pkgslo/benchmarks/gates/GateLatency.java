// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.gates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code benchmarks/run gates}: see docs/performance.md. */
public final class GateLatency {
  private static final String USAGE =
      "usage: gates [--seconds N] [--rate REQUESTS_PER_SECOND] [--services N]"
          + " [--spans-per-second N] [--home DIR]";

  /** Two looks, so that every service is in rollout when the gates are asked. */
  private static final Duration WARM_UP = Duration.ofSeconds(150);

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
      Path home, Duration duration, int rate, int services, int spansPerSecond)
      throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    Path directory = Files.createTempDirectory("pkgslo-gates");
    try (Application application = Application.start(home, directory)) {
      Rollouts rollouts = new Rollouts(application.otlp(), services, spansPerSecond, clock);
      Thread feeder = new Thread(rollouts, "rollouts");
      feeder.start();
      System.err.printf("benchmark: %d s until everything is in rollout%n", WARM_UP.toSeconds());
      Thread.sleep(WARM_UP.toMillis());
      long before = rollouts.sent();
      GateLoad load = new GateLoad(application.http(), services);
      try (VerdictTimes verdicts = new VerdictTimes(application.kafka(), clock)) {
        verdicts.start();
        load.run(rate, duration);
        System.out.printf(
            Locale.ROOT,
            "%d services in rollout, %.0f spans/s, %d requests/s for %d s%n",
            services,
            (rollouts.sent() - before) / (double) duration.toSeconds(),
            rate,
            duration.toSeconds());
        System.out.println("answers of gates            " + load.times());
        System.out.println("by status                   " + load.outcomes());
        System.out.println("close of a look to verdict  " + verdicts.times());
      }
      feeder.interrupt();
      feeder.join();
    }
  }
}
