// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

/**
 * Puts lines together again that a container runtime split and whose pieces came in several
 * messages: they follow each other in their stream. Bounded in length and time; what is left of a
 * line whose other pieces never come goes on as it is. Mutable, single-threaded.
 */
final class LinePieces {
  /** The runtime writes the pieces of one line at once. */
  private static final long REACH_NANOS = 5_000_000_000L;

  private static final int MAX_CHARS = 1 << 20;

  /** Takes whole lines. */
  interface Sink {
    /**
     * A line.
     *
     * @param timeNanos of its first piece
     * @param split it came in pieces
     */
    void line(long timeNanos, String text, boolean split);
  }

  private final StringBuilder text = new StringBuilder();
  private boolean open;
  private long firstNanos;
  private long lastNanos;

  LinePieces copy() {
    LinePieces copy = new LinePieces();
    copy.text.append(text);
    copy.open = open;
    copy.firstNanos = firstNanos;
    copy.lastNanos = lastNanos;
    return copy;
  }

  /**
   * The next line of the stream.
   *
   * @param partial it was split at its end
   */
  void take(long timeNanos, String piece, boolean partial, Sink sink) {
    if (open
        && (timeNanos - lastNanos > REACH_NANOS || text.length() + piece.length() > MAX_CHARS)) {
      flush(sink);
    }
    if (!open && !partial) {
      sink.line(timeNanos, piece, false);
      return;
    }
    firstNanos = open ? firstNanos : timeNanos;
    lastNanos = timeNanos;
    open = true;
    text.append(piece);
    if (!partial) {
      flush(sink);
    }
  }

  /** The rest of an open line will not come. */
  void flush(Sink sink) {
    if (open) {
      open = false;
      String whole = text.toString();
      text.setLength(0);
      text.trimToSize();
      sink.line(firstNanos, whole, true);
    }
  }
}
