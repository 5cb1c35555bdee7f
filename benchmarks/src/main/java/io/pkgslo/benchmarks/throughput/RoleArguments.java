// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import java.util.List;
import java.util.Locale;

/**
 * The command line of a role's process. Both sides of it are here.
 *
 * @param signal what the topic is full of
 * @param records on the topic
 * @param spans on the topic; or lines, or points
 * @param marks what they give in the analyzer's sum
 * @param warmSpans before the measured part
 * @param subjects that may be met, for the bound of the analyzer
 * @param run number of this run: groups and applications of different runs are different
 * @param directory for state
 */
record RoleArguments(
    Role role,
    String bootstrap,
    Signal signal,
    long records,
    long spans,
    long marks,
    long warmSpans,
    int subjects,
    int run,
    String directory) {
  List<String> toCommandLine() {
    return List.of(
        role.name(),
        bootstrap,
        signal.name(),
        Long.toString(records),
        Long.toString(spans),
        Long.toString(marks),
        Long.toString(warmSpans),
        Integer.toString(subjects),
        Integer.toString(run),
        directory);
  }

  static RoleArguments parse(String... args) {
    if (args.length != 10) {
      throw new IllegalArgumentException("expected 10 arguments, got " + args.length);
    }
    return new RoleArguments(
        Role.valueOf(args[0].toUpperCase(Locale.ROOT)),
        args[1],
        Signal.valueOf(args[2]),
        Long.parseLong(args[3]),
        Long.parseLong(args[4]),
        Long.parseLong(args[5]),
        Long.parseLong(args[6]),
        Integer.parseInt(args[7]),
        Integer.parseInt(args[8]),
        args[9]);
  }
}
