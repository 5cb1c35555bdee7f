// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.pkgslo.standalone.recording.RecordedMessage.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of one entry, without the length in front; see the package's description. */
final class EntryCodec {
  private static final int TOPIC = 1;
  private static final int PARTITION = 2;
  private static final int TIMESTAMP = 3;
  private static final int KEY = 4;
  private static final int HEADER = 5;
  private static final int VALUE = 6;
  private static final int HEADER_KEY = 1;
  private static final int HEADER_VALUE = 2;

  private EntryCodec() {}

  static byte[] encode(RecordedMessage message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeUInt32(TOPIC, message.topic());
    out.writeUInt32(PARTITION, message.partition());
    out.writeFixed64(TIMESTAMP, message.timestampMillis());
    writeBytes(out, KEY, message.key());
    for (Header header : message.headers()) {
      out.writeByteArray(HEADER, encode(header));
    }
    writeBytes(out, VALUE, message.value());
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] encode(Header header) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(HEADER_KEY, header.key());
    writeBytes(out, HEADER_VALUE, header.value());
    out.flush();
    return bytes.toByteArray();
  }

  /** An empty array is written, a null is not: that is their whole difference. */
  private static void writeBytes(CodedOutputStream out, int field, byte @Nullable [] bytes)
      throws IOException {
    if (bytes != null) {
      out.writeByteArray(field, bytes);
    }
  }

  /**
   * @throws IOException if the bytes are not an entry
   */
  static RecordedMessage decode(byte[] entry) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(entry);
    int topic = 0;
    int partition = 0;
    long timestamp = 0;
    byte[] key = null;
    byte[] value = null;
    List<Header> headers = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case TOPIC -> topic = in.readUInt32();
        case PARTITION -> partition = in.readUInt32();
        case TIMESTAMP -> timestamp = in.readFixed64();
        case KEY -> key = in.readByteArray();
        case HEADER -> headers.add(header(in.readByteArray()));
        case VALUE -> value = in.readByteArray();
        default -> in.skipField(tag);
      }
    }
    return new RecordedMessage(topic, partition, timestamp, key, headers, value);
  }

  private static Header header(byte[] bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    String key = "";
    byte[] value = null;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case HEADER_KEY -> key = in.readStringRequireUtf8();
        case HEADER_VALUE -> value = in.readByteArray();
        default -> in.skipField(tag);
      }
    }
    return new Header(key, value);
  }
}
