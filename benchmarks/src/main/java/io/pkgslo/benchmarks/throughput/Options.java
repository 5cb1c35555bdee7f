// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param workloads what to measure, in order
 * @param analyzer whether ingest is also measured beside the analyzer
 * @param json whether the result is JSON
 * @param home of the source tree
 * @param collector the Collector's binary; null where none was built
 * @param profile where to leave recordings of the flight recorder; null for none
 */
record Options(
    List<Workload> workloads,
    boolean analyzer,
    boolean json,
    Path home,
    @Nullable Path collector,
    @Nullable Path profile) {
  static final String USAGE =
      "usage: quick|full|flat|signals [--json] [--workload NAME] [--runs N] [--spans N] [--warm N]"
          + " [--no-analyzer] [--home DIR] [--collector BINARY] [--profile DIR]";

  Options {
    workloads = List.copyOf(workloads);
  }

  /**
   * @throws IllegalArgumentException with what was expected
   */
  static Options parse(String... args) {
    Parsed parsed = new Parsed();
    for (Iterator<String> rest = List.of(args).iterator(); rest.hasNext(); ) {
      parsed.take(rest.next(), rest);
    }
    return parsed.options();
  }

  /** Mutable: what was read so far. */
  private static final class Parsed {
    private List<Workload> workloads = List.of();
    private boolean analyzer = true;
    private boolean json;
    private Path home = Path.of("");
    private @Nullable Path collector;
    private @Nullable Path profile;
    private int runs;
    private long spans;
    private long warm;

    void take(String option, Iterator<String> rest) {
      switch (option) {
        case "quick" -> workloads = Plan.quick();
        case "full" -> workloads = Plan.full();
        case "flat" -> workloads = Plan.flat();
        case "signals" -> workloads = Plan.signals();
        case "--json" -> json = true;
        case "--no-analyzer" -> analyzer = false;
        case "--workload" -> workloads = Plan.named(value(option, rest));
        case "--runs" -> runs = Math.toIntExact(number(option, rest));
        case "--spans" -> spans = number(option, rest);
        case "--warm" -> warm = number(option, rest);
        case "--home" -> home = Path.of(value(option, rest));
        case "--collector" -> collector = Path.of(value(option, rest));
        case "--profile" -> profile = Path.of(value(option, rest));
        default -> throw new IllegalArgumentException("unknown argument " + option);
      }
    }

    Options options() {
      if (workloads.isEmpty()) {
        throw new IllegalArgumentException("nothing to measure");
      }
      List<Workload> changed = new ArrayList<>();
      for (Workload workload : workloads) {
        changed.add(
            workload.with(
                spans > 0 ? spans : workload.spans(),
                warm > 0 ? warm : workload.warmSpans(),
                runs > 0 ? runs : workload.runs()));
      }
      return new Options(changed, analyzer, json, home, collector, profile);
    }
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " wants a value");
    }
    return rest.next();
  }

  private static long number(String option, Iterator<String> rest) {
    String text = value(option, rest);
    try {
      long number = Long.parseLong(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Same message as for a number that is not positive.
    }
    throw new IllegalArgumentException(option + " wants a positive number, not " + text);
  }
}
