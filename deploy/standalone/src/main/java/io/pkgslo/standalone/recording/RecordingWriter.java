// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.google.protobuf.CodedOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a recording. Not thread-safe. */
public final class RecordingWriter implements AutoCloseable {
  static final String MAGIC = "pkgslo-recording 1";

  /** Written once, read often; beyond this a tenth of the size costs several times the time. */
  private static final int LEVEL = 12;

  /** 128 MiB, the largest window that a reader accepts without being asked to. */
  private static final int WINDOW_LOG = 27;

  private static final int BUFFER_BYTES = 1 << 16;

  private final RecordingMetadata metadata;
  private final OutputStream out;
  private long written;

  /**
   * Starts a recording on {@code target}, which is closed with this writer.
   *
   * @param metadata its count of records must be the number of messages that follow
   */
  public RecordingWriter(OutputStream target, RecordingMetadata metadata) throws IOException {
    this.metadata = metadata;
    this.out =
        new BufferedOutputStream(
            new ZstdOutputStreamNoFinalizer(target, LEVEL).setLong(WINDOW_LOG).setChecksum(true),
            BUFFER_BYTES);
    out.write((MAGIC + "\n" + metadata.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Appends a message.
   *
   * @throws IllegalArgumentException if the metadata knows no such topic or partition
   */
  public void write(RecordedMessage message) throws IOException {
    RecordingReader.check(metadata, message);
    byte[] entry = EntryCodec.encode(message);
    CodedOutputStream length = CodedOutputStream.newInstance(out, Integer.BYTES + 1);
    length.writeUInt32NoTag(entry.length);
    length.flush();
    out.write(entry);
    written++;
  }

  /**
   * Ends the recording.
   *
   * @throws IOException also if fewer or more messages were written than announced
   */
  @Override
  public void close() throws IOException {
    out.close();
    if (written != metadata.records()) {
      throw new IOException(
          "announced " + metadata.records() + " records, but " + written + " were written");
    }
  }
}
