// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines that a container runtime split at 16 KiB, put together again. The pieces are joined as far
 * as they stand in one OTLP message, so that a message gives the same facts wherever it is read;
 * shippers send them side by side. The analyzer joins what is left open at the end of a message.
 * Mutable, single-threaded.
 */
final class PartialLines {
  private static final int MAX_LINES = 64;
  static final int MAX_CHARS = 1 << 20;

  private record Key(String process, String stream) {}

  /** The pieces of one line that came so far, with the identity and time of the first. */
  static final class Pieces {
    private final ProcessOrigin origin;
    private final ShippedLine first;
    private final StringBuilder text;
    private final long identityHigh;
    private final long identityLow;
    private final long timeEpochNanos;

    private Pieces(LogFact fact, ShippedLine first) {
      this.origin = fact.origin();
      this.first = first;
      this.text = new StringBuilder(first.text());
      this.identityHigh = fact.identityHigh();
      this.identityLow = fact.identityLow();
      this.timeEpochNanos = fact.timeEpochNanos();
    }

    ProcessOrigin origin() {
      return origin;
    }

    /** What there is of the line. */
    ShippedLine line() {
      return first.withText(text.toString());
    }

    void describe(LogFact fact) {
      fact.origin = origin;
      fact.identityHigh = identityHigh;
      fact.identityLow = identityLow;
      fact.timeEpochNanos = timeEpochNanos;
    }
  }

  private final Map<Key, Pieces> open = new LinkedHashMap<>();

  /** Keeps a piece; false when there is no room for it. */
  boolean hold(LogFact fact, ShippedLine piece) {
    Key key = key(fact, piece);
    Pieces known = open.get(key);
    if (known == null) {
      if (open.size() == MAX_LINES) {
        return false;
      }
      open.put(key, new Pieces(fact, piece));
      return true;
    }
    if (known.text.length() + piece.text().length() > MAX_CHARS) {
      return false;
    }
    known.text.append(piece.text());
    return true;
  }

  /** The whole line that this is the end of, which mostly is itself. */
  ShippedLine completed(LogFact fact, ShippedLine end) {
    Pieces pieces = open.isEmpty() ? null : open.remove(key(fact, end));
    return pieces == null ? end : end.withText(pieces.text + end.text());
  }

  private static Key key(LogFact fact, ShippedLine line) {
    return new Key(fact.origin().process(), line.stream());
  }

  /** Lines whose end is not in the message, which are then given up. */
  List<Pieces> takeOpen() {
    if (open.isEmpty()) {
      return List.of();
    }
    List<Pieces> taken = new ArrayList<>(open.values());
    open.clear();
    return taken;
  }
}
