// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a recording from its first record to its last. Not thread-safe. */
public final class RecordingReader implements AutoCloseable {
  private static final int WINDOW_LOG = 27;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAX_LINE_BYTES = 1 << 20;

  /** Kafka's default limit is 1 MiB; a length beyond this is damage, not data. */
  private static final int MAX_ENTRY_BYTES = 64 << 20;

  private static final int MAX_VARINT_SHIFT = 28;

  private final InputStream in;
  private final RecordingMetadata metadata;
  private long read;

  private RecordingReader(InputStream in, RecordingMetadata metadata) {
    this.in = in;
    this.metadata = metadata;
  }

  /**
   * Opens a recording's file.
   *
   * @throws RecordingFormatException if it is not a recording
   */
  public static RecordingReader open(Path file) throws IOException {
    return open(Files.newInputStream(file));
  }

  /**
   * Opens a recording on a stream, which is closed with the reader, also when this fails.
   *
   * @throws RecordingFormatException if it is not a recording
   */
  public static RecordingReader open(InputStream source) throws IOException {
    InputStream in = source;
    try {
      in =
          new BufferedInputStream(
              new ZstdInputStreamNoFinalizer(source).setLongMax(WINDOW_LOG), BUFFER_BYTES);
      String magic = line(in, "line 1");
      if (!magic.equals(RecordingWriter.MAGIC)) {
        throw new RecordingFormatException(
            "line 1: expected '" + RecordingWriter.MAGIC + "', not '" + magic + "'");
      }
      return new RecordingReader(in, RecordingMetadata.fromJson(line(in, "line 2")));
    } catch (IOException e) {
      in.close();
      throw e instanceof RecordingFormatException
          ? e
          : new RecordingFormatException("not a recording: " + e.getMessage(), e);
    }
  }

  /** What the recording says about itself. */
  public RecordingMetadata metadata() {
    return metadata;
  }

  /**
   * The next record, or null after the last one.
   *
   * @throws RecordingFormatException if the recording is damaged or ends too early
   */
  public @Nullable RecordedMessage next() throws IOException {
    if (read == metadata.records()) {
      if (in.read() != -1) {
        throw new RecordingFormatException("goes on after its " + read + " records");
      }
      return null;
    }
    try {
      RecordedMessage message = EntryCodec.decode(entry());
      check(metadata, message);
      read++;
      return message;
    } catch (IOException | IllegalArgumentException e) {
      throw new RecordingFormatException(
          "record " + (read + 1) + " of " + metadata.records() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  static void check(RecordingMetadata metadata, RecordedMessage message) {
    if (message.topic() >= metadata.topics().size()
        || message.partition() >= metadata.topics().get(message.topic()).partitions()) {
      throw new IllegalArgumentException(
          "no partition " + message.partition() + " of topic " + message.topic());
    }
  }

  private byte[] entry() throws IOException {
    int length = length();
    if (length < 0 || length > MAX_ENTRY_BYTES) {
      throw new RecordingFormatException("length " + length);
    }
    byte[] entry = in.readNBytes(length);
    if (entry.length < length) {
      throw new RecordingFormatException("ends after " + entry.length + " of " + length + " bytes");
    }
    return entry;
  }

  private int length() throws IOException {
    int length = 0;
    for (int shift = 0; shift <= MAX_VARINT_SHIFT; shift += 7) {
      int b = in.read();
      if (b == -1) {
        throw new RecordingFormatException("the recording ends here");
      }
      length |= (b & 0x7f) << shift;
      if (b < 0x80) {
        return length;
      }
    }
    throw new RecordingFormatException("length of more than five bytes");
  }

  private static String line(InputStream in, String place) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b == -1 || line.size() == MAX_LINE_BYTES) {
        throw new RecordingFormatException(place + " has no end");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
