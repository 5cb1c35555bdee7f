// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.stack;

import java.util.List;

/**
 * One goroutine's frames, innermost first, the {@code created by} frame last.
 *
 * @param state what the header says the goroutine does, empty without a header
 */
public record StackTrace(String state, List<Frame> frames) {
  /** More frames than the runtime prints; what follows is dropped. */
  public static final int MAX_FRAMES = 256;

  public static final StackTrace EMPTY = new StackTrace("", List.of());

  public StackTrace {
    frames = List.copyOf(frames);
  }

  /** True when a panic was on its way when the stack was taken. */
  public boolean hasPanic() {
    return frames.stream().anyMatch(frame -> frame.role() == Frame.Role.PANIC);
  }

  /** How often a panic was thrown on this stack: more than once where it was recovered between. */
  public int panics() {
    return (int) frames.stream().filter(frame -> frame.role() == Frame.Role.PANIC).count();
  }

  public boolean isEmpty() {
    return frames.isEmpty();
  }
}
