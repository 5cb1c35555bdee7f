// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import io.pkgslo.golang.init.InitLine;
import io.pkgslo.golang.log.LogWrapper;
import io.pkgslo.golang.log.TextLines;
import io.pkgslo.golang.stack.StackLine;

/** Tells from one body alone whether a process's automaton needs to see it. */
public final class CrashLines {
  private CrashLines() {}

  /**
   * True when some line of the body may be part of a crash, of a recovered panic or of an init
   * trace. Everything else may be kept from the automaton, at the price of a message that only a
   * neighbouring line holds.
   */
  public static boolean areRelevant(String body) {
    String inner = LogWrapper.unwrapShipper(body).line();
    for (String line : TextLines.of(inner)) {
      if (isRelevant(line.strip())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRelevant(String line) {
    if (line.isEmpty() || line.charAt(0) == '{') {
      return false;
    }
    return PanicHead.of(line) != null
        || line.startsWith("[signal ")
        || StackLine.of(line).kind() != StackLine.Kind.OTHER
        || !InitLine.findAll(line).isEmpty();
  }
}
