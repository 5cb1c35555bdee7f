// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.stack;

import io.pkgslo.golang.log.TextLines;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads stacks from text of any producer: the runtime, debug.Stack, zap, gin, chi, singleflight (no
 * header), stacks cut off at a buffer's end, stripped of tabs and empty lines.
 */
public final class StackParser {
  /** Blocks kept of a dump of all goroutines; the first one is the culprit's. */
  private static final int MAX_BLOCKS = 8;

  private static final String GOROUTINE = "goroutine ";

  private StackParser() {}

  /**
   * The stack to blame: the first goroutine's, unless frames before its header show a panic of
   * their own (a value that carries a stack). Empty when the text holds none.
   */
  public static StackTrace parse(String text) {
    StackTrace first = StackTrace.EMPTY;
    for (StackTrace block : parseAll(text)) {
      boolean headless = block.state().isEmpty();
      if (headless ? block.hasPanic() : !block.isEmpty()) {
        return block;
      }
      if (first.isEmpty()) {
        first = block;
      }
    }
    return first;
  }

  /** Every block in the order of the text; one without a header has an empty state. */
  public static List<StackTrace> parseAll(String text) {
    List<StackTrace> blocks = new ArrayList<>();
    StackBuilder open = new StackBuilder("");
    for (String line : TextLines.of(text)) {
      StackLine parsed = StackLine.of(line);
      boolean header =
          parsed.kind() == StackLine.Kind.GOROUTINE || parsed.kind() == StackLine.Kind.SYSTEM_STACK;
      if (header) {
        close(open, blocks);
        boolean system = parsed.kind() == StackLine.Kind.SYSTEM_STACK;
        open = new StackBuilder(system ? "" : parsed.text());
        if (blocks.size() >= MAX_BLOCKS) {
          return blocks;
        }
      } else {
        open.add(parsed, line);
      }
    }
    close(open, blocks);
    return blocks;
  }

  /**
   * The number of the goroutine that a stack is of, as text; empty where it does not begin with a
   * goroutine's header, as those of zap.
   */
  public static String goroutineOf(String stack) {
    String text = stack.stripLeading();
    int end = text.startsWith(GOROUTINE) ? text.indexOf(' ', GOROUTINE.length()) : -1;
    return end < 0 ? "" : text.substring(GOROUTINE.length(), end);
  }

  private static void close(StackBuilder open, List<StackTrace> blocks) {
    if (!open.isEmpty()) {
      StackTrace block = open.build();
      if (!block.isEmpty()) {
        blocks.add(block);
      }
    }
  }
}
