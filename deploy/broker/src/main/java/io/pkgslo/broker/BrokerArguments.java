// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The child process's command line. Both sides of it are here: {@link BrokerProcess} writes what
 * {@link BrokerMain} parses.
 *
 * @param port 0 for the remembered or any free one
 * @param properties broker settings that win over ours
 * @param stopWithStdin whether the end of standard input stops the broker
 */
record BrokerArguments(
    Path dataDir, int port, Map<String, String> properties, boolean stopWithStdin) {
  static final String DATA_DIR = "--data-dir";
  static final String PORT = "--port";
  static final String PROPERTY = "--property";
  static final String STOP_WITH_STDIN = "--stop-with-stdin";

  static final String USAGE =
      "usage: java -jar broker.jar --data-dir DIR [--port PORT] [--property KEY=VALUE]..."
          + " [--stop-with-stdin]";

  BrokerArguments {
    properties = Map.copyOf(properties);
  }

  /**
   * @throws IllegalArgumentException with what was expected
   */
  static BrokerArguments parse(String... args) {
    Path dataDir = null;
    int port = 0;
    Map<String, String> properties = new LinkedHashMap<>();
    boolean stopWithStdin = false;
    for (Iterator<String> rest = Arrays.asList(args).iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case DATA_DIR -> dataDir = path(value(option, rest));
        case PORT -> port = port(value(option, rest));
        case PROPERTY -> addProperty(properties, value(option, rest));
        case STOP_WITH_STDIN -> stopWithStdin = true;
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    return new BrokerArguments(required(dataDir), port, properties, stopWithStdin);
  }

  /** What {@link #parse} reads back. */
  List<String> toCommandLine() {
    List<String> args = new ArrayList<>(List.of(DATA_DIR, dataDir.toString()));
    args.addAll(List.of(PORT, Integer.toString(port)));
    properties.forEach((key, value) -> args.addAll(List.of(PROPERTY, key + "=" + value)));
    if (stopWithStdin) {
      args.add(STOP_WITH_STDIN);
    }
    return args;
  }

  private static Path required(@Nullable Path dataDir) {
    if (dataDir == null) {
      throw new IllegalArgumentException(DATA_DIR + " is missing");
    }
    return dataDir;
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " wants a value");
    }
    return rest.next();
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(DATA_DIR + " wants a path, not " + text, e);
    }
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Same message as for a number out of range.
    }
    throw new IllegalArgumentException(PORT + " wants a number from 0 to 65535, not " + text);
  }

  private static void addProperty(Map<String, String> properties, String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(PROPERTY + " wants KEY=VALUE, not " + text);
    }
    properties.put(text.substring(0, equals), text.substring(equals + 1));
  }
}
