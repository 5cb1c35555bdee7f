// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.stack;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: pairs the lines of one goroutine's block into frames. A missing file
 * line costs only the file, a missing function line only the function.
 */
public final class StackBuilder {
  private final String state;
  private final List<Frame> frames = new ArrayList<>();
  private @Nullable StackLine pending;

  public StackBuilder(String state) {
    this.state = state;
  }

  /**
   * Takes the next line of the block.
   *
   * @param rawLine the same line; gin's function lines are told only by the line before them
   * @return false when the line is no part of a stack
   */
  public boolean add(StackLine line, String rawLine) {
    StackLine before = pending;
    if (before != null && before.kind() == StackLine.Kind.GIN_FILE) {
      String text = rawLine.strip();
      int colon = line.kind() == StackLine.Kind.OTHER ? text.indexOf(": ") : -1;
      if (colon > 0) {
        put(Frame.fileOnly(text.substring(0, colon), before.text(), (int) before.number()));
        pending = null;
        return true;
      }
    }
    switch (line.kind()) {
      case CALL, CREATED_BY, GIN_FILE -> {
        flush();
        pending = line;
        return true;
      }
      case BARE_CALL -> {
        if (!state.isEmpty()) {
          return false; // below a header every frame has its arguments: this is another's line
        }
        flush();
        pending = line;
        return true;
      }
      case FILE -> {
        addFile(line);
        return true;
      }
      case NO_FRAME -> {
        flush();
        return true;
      }
      case EMPTY, GOROUTINE, SYSTEM_STACK, OTHER -> {
        return false;
      }
    }
    return false;
  }

  public boolean isEmpty() {
    return frames.isEmpty() && pending == null;
  }

  /** The frames so far; more lines may follow. */
  public StackTrace build() {
    StackLine open = pending;
    flush();
    pending = open != null && frames.isEmpty() ? open : null;
    return new StackTrace(state, frames);
  }

  private void addFile(StackLine file) {
    StackLine call = pending;
    pending = null;
    if (call == null || call.kind() == StackLine.Kind.GIN_FILE) {
      if (call != null) {
        put(Frame.fileOnly("", call.text(), (int) call.number()));
      }
      put(Frame.fileOnly("", file.text(), (int) file.number()));
    } else if (call.kind() == StackLine.Kind.CREATED_BY) {
      put(Frame.createdBy(call.text(), file.text(), (int) file.number()));
    } else {
      put(Frame.of(call.text(), file.text(), (int) file.number()));
    }
  }

  /** A pending line whose file line never came. A bare word without a file is no frame. */
  private void flush() {
    StackLine call = pending;
    pending = null;
    if (call == null) {
      return;
    }
    switch (call.kind()) {
      case CALL -> put(Frame.of(call.text(), null, 0));
      case CREATED_BY -> put(Frame.createdBy(call.text(), null, 0));
      case GIN_FILE -> put(Frame.fileOnly("", call.text(), (int) call.number()));
      case BARE_CALL, FILE, EMPTY, GOROUTINE, SYSTEM_STACK, NO_FRAME, OTHER -> {}
    }
  }

  private void put(Frame frame) {
    if (frames.size() < StackTrace.MAX_FRAMES) {
      frames.add(frame);
    }
  }
}
