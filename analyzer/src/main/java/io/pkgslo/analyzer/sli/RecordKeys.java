// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.BucketWidth;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Keys of the durable records: a byte for the kind, then big-endian numbers, so that neighbours in
 * time are neighbours in order. Part of the stored format.
 */
final class RecordKeys {
  static final byte[] STAGE = {1};

  private static final byte LOG = 2;
  private static final byte SUBJECT = 3;
  private static final byte CHUNK = 4;
  private static final byte SKETCH = 5;
  private static final byte MINUTE = 6;
  private static final byte HISTORY = 7;
  private static final byte COUNTER = 8;

  private RecordKeys() {}

  static byte[] log(long sequence) {
    return ByteBuffer.allocate(9).put(LOG).putLong(sequence).array();
  }

  static byte[] logEnd() {
    return new byte[] {LOG + 1};
  }

  static long logSequence(byte[] key) {
    return ByteBuffer.wrap(key).getLong(1);
  }

  static byte[] subject(int id) {
    return ByteBuffer.allocate(5).put(SUBJECT).putInt(id).array();
  }

  static byte[] subjectsEnd() {
    return new byte[] {SUBJECT + 1};
  }

  /** The id of a subject in any key but that of the stage and the log. */
  static int subjectId(byte[] key) {
    return ByteBuffer.wrap(key).getInt(1);
  }

  static byte[] chunk(int subject, ChunkKey chunk) {
    return chunk(subject, chunk.width(), chunk.number());
  }

  static byte[] chunk(int subject, BucketWidth width, int number) {
    return ByteBuffer.allocate(10)
        .put(CHUNK)
        .putInt(subject)
        .put((byte) width.code())
        .putInt(number)
        .array();
  }

  static byte[] chunks() {
    return new byte[] {CHUNK};
  }

  static byte[] chunksEnd() {
    return new byte[] {CHUNK + 1};
  }

  static ChunkKey chunkKey(byte[] key) {
    ByteBuffer buffer = ByteBuffer.wrap(key);
    return new ChunkKey(BucketWidth.ofCode(buffer.get(5)), buffer.getInt(6));
  }

  static byte[] sketch(int subject, SketchKey sketch) {
    return ByteBuffer.allocate(14)
        .put(SKETCH)
        .putInt(subject)
        .put((byte) (sketch.inits() ? 1 : 0))
        .putLong(sketch.startMillis())
        .array();
  }

  static byte[] sketches() {
    return new byte[] {SKETCH};
  }

  static byte[] sketchesEnd() {
    return new byte[] {SKETCH + 1};
  }

  static SketchKey sketchKey(byte[] key) {
    ByteBuffer buffer = ByteBuffer.wrap(key);
    return new SketchKey(buffer.get(5) == 1, buffer.getLong(6));
  }

  static byte[] minute(int subject, String arm, long startMillis) {
    byte[] name = arm.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(13 + name.length)
        .put(MINUTE)
        .putInt(subject)
        .putLong(startMillis)
        .put(name)
        .array();
  }

  static byte[] minutes() {
    return new byte[] {MINUTE};
  }

  static byte[] minutesEnd() {
    return new byte[] {MINUTE + 1};
  }

  static byte[] counter(int subject, SelectedCounters.Key key) {
    return ByteBuffer.allocate(29)
        .put(COUNTER)
        .putInt(subject)
        .putLong(key.seriesHigh())
        .putLong(key.seriesLow())
        .putLong(key.selector())
        .array();
  }

  static byte[] counters() {
    return new byte[] {COUNTER};
  }

  static byte[] countersEnd() {
    return new byte[] {COUNTER + 1};
  }

  static byte[] history(String objective) {
    byte[] id = objective.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + id.length).put(HISTORY).put(id).array();
  }

  static byte[] histories() {
    return new byte[] {HISTORY};
  }

  static byte[] historiesEnd() {
    return new byte[] {HISTORY + 1};
  }

  /** The kinds that hold parts of a subject, for whoever removes all of one. */
  static byte[][] partsOf(int subject) {
    byte[] kinds = {CHUNK, SKETCH, MINUTE, COUNTER};
    byte[][] prefixes = new byte[kinds.length][];
    for (int i = 0; i < kinds.length; i++) {
      prefixes[i] = ByteBuffer.allocate(5).put(kinds[i]).putInt(subject).array();
    }
    return prefixes;
  }

  /** The first key behind all that start with {@code prefix}. */
  static byte[] behind(byte[] prefix) {
    byte[] end = prefix.clone();
    for (int i = end.length - 1; i >= 0; i--) {
      end[i]++;
      if (end[i] != 0) {
        return end;
      }
    }
    throw new IllegalArgumentException("nothing is behind the highest key");
  }
}
