// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import io.pkgslo.standalone.exact.PanicReport.Source;
import io.pkgslo.standalone.exact.Telemetry.EmittedLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the processes of a recording wrote on standard error, line by line in their order: inittrace
 * lines (reference: go-telemetry.md 1.1), crashes (2) and net/http's words about a panic (3.2).
 */
final class StandardError {
  /** One package's initialisation in one process run. */
  record Init(Emitter emitter, String importPath) {}

  private static final Pattern INIT =
      Pattern.compile(
          "^init (\\S+) @(\\d+(?:\\.\\d+)?) ms, (\\d+(?:\\.\\d+)?) ms clock, \\d+ bytes, \\d+ allocs$");

  private static final Pattern CRASH =
      Pattern.compile(
          "^(?:panic: |fatal error: |\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d http2?: panic serving"
              + " [^ ]+: )(.*?)(?: \\[recovered(?:, repanicked)?\\])?$");

  /** Lines of a stack, its head, functions, files and who started the goroutine. */
  private static final Pattern OF_STACK =
      Pattern.compile(
          "^(?:\\[signal .*|goroutine \\d+ \\[.*\\]:|\\S.*\\([^()]*\\)|\\s*\\S+:\\d+(?: \\+0x[0-9a-f]+)?"
              + "|created by .*|\\s*panic: .*)$");

  private final List<Init> inits = new ArrayList<>();
  private final List<PanicReport> panics = new ArrayList<>();

  /** Reads the lines among {@code logs}; records of loggers have a scope, lines have none. */
  StandardError(Iterable<EmittedLog> logs) {
    Map<String, List<EmittedLog>> streams = new LinkedHashMap<>();
    for (EmittedLog log : logs) {
      if (log.scope().isEmpty()) {
        String file =
            Attributes.of(log.log().getAttributesList()).getOrDefault("log.file.name", "");
        streams
            .computeIfAbsent(log.emitter().process() + " " + file, s -> new ArrayList<>())
            .add(log);
      }
    }
    for (List<EmittedLog> stream : streams.values()) {
      stream.sort(Comparator.comparingLong(StandardError::epochNanos));
      readInits(stream);
      readPanics(stream);
    }
  }

  private static long epochNanos(EmittedLog line) {
    long time = line.log().getTimeUnixNano();
    return time == 0 ? line.log().getObservedTimeUnixNano() : time;
  }

  private static String text(EmittedLog line) {
    return line.log().getBody().getStringValue().stripTrailing();
  }

  /** A run is over when the runtime is initialised again, or its clock goes back. */
  private void readInits(List<EmittedLog> lines) {
    Set<String> ofRun = new HashSet<>();
    double lastMillis = 0;
    for (EmittedLog line : lines) {
      Matcher init = INIT.matcher(text(line));
      if (init.matches()) {
        String path = GoNames.unescaped(init.group(1));
        double millis = Double.parseDouble(init.group(2));
        if (path.equals("runtime") || millis < lastMillis) {
          ofRun.clear();
        }
        lastMillis = millis;
        if (ofRun.add(path)) {
          inits.add(new Init(line.emitter(), path));
        }
      }
    }
  }

  private void readPanics(List<EmittedLog> lines) {
    for (int i = 0; i < lines.size(); i++) {
      Matcher head = CRASH.matcher(text(lines.get(i)));
      if (head.matches()) {
        EmittedLog first = lines.get(i);
        List<String> stack = new ArrayList<>();
        while (i + 1 < lines.size() && OF_STACK.matcher(text(lines.get(i + 1))).matches()) {
          i++;
          stack.add(text(lines.get(i)));
        }
        panics.add(
            new PanicReport(
                Source.STDERR,
                first.emitter(),
                null,
                "",
                epochNanos(first),
                "",
                head.group(1),
                Stack.parse(stack)));
      }
    }
  }

  List<Init> inits() {
    return inits;
  }

  List<PanicReport> panics() {
    return panics;
  }
}
