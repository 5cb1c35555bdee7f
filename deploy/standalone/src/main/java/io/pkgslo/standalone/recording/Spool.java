// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages on their way into a recording: bytes in a temporary file, an index in memory. Mutable,
 * single-threaded.
 */
final class Spool implements AutoCloseable {
  private final FileChannel file;
  private final OutputStream out;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Place, Long> latest = new HashMap<>();
  private long position;
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis;

  private Spool(FileChannel file) {
    this.file = file;
    this.out = new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16);
  }

  /** Takes a message, e.g. into a recording. */
  @FunctionalInterface
  interface Sink {
    void accept(RecordedMessage message) throws IOException;
  }

  private record Place(int topic, int partition) {}

  /**
   * @param orderMillis the greatest timestamp so far in its partition, so that sorting by it keeps
   *     the order within every partition
   */
  private record Entry(long orderMillis, long position, int length) {}

  /** A spool in a new file, which disappears when the spool is closed. */
  static Spool create(Path file) throws IOException {
    return new Spool(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  void add(RecordedMessage message) throws IOException {
    byte[] bytes = EntryCodec.encode(message);
    out.write(bytes);
    long order =
        latest.merge(
            new Place(message.topic(), message.partition()), message.timestampMillis(), Math::max);
    entries.add(new Entry(order, position, bytes.length));
    position += bytes.length;
    firstMillis = Math.min(firstMillis, message.timestampMillis());
    lastMillis = Math.max(lastMillis, message.timestampMillis());
  }

  int size() {
    return entries.size();
  }

  /** Least timestamp, Unix milliseconds; only where there is a message. */
  long firstMillis() {
    return firstMillis;
  }

  /** Greatest timestamp, Unix milliseconds; only where there is a message. */
  long lastMillis() {
    return lastMillis;
  }

  /** Hands out every message, by time, and within a partition as they came. */
  void forEachInOrder(Sink sink) throws IOException {
    out.flush();
    entries.sort(Comparator.comparingLong(Entry::orderMillis));
    for (Entry entry : entries) {
      ByteBuffer bytes = ByteBuffer.allocate(entry.length());
      while (bytes.hasRemaining()) {
        if (file.read(bytes, entry.position() + bytes.position()) < 0) {
          throw new EOFException("the temporary file was cut off");
        }
      }
      sink.accept(EntryCodec.decode(bytes.array()));
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
