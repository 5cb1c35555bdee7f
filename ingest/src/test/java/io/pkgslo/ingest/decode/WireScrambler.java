// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Encodes a message in one of the many ways that the wire format permits and no exporter uses: any
 * order of fields, unknown fields of every wire type, scalars written twice, messages in two parts,
 * repeated numbers packed, unpacked or both, lengths as padded varints.
 */
final class WireScrambler {
  private static final int UNKNOWN_NUMBER = 77;

  private final Random random;
  private final boolean duplicates;

  WireScrambler(Random random, boolean duplicates) {
    this.random = random;
    this.duplicates = duplicates;
  }

  byte[] encode(Message message) {
    List<byte[]> pieces = new ArrayList<>();
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      pieces.addAll(field(entry.getKey(), entry.getValue()));
    }
    if (random.nextInt(4) == 0) {
      pieces.add(unknown());
    }
    Collections.shuffle(pieces, random);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    pieces.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private List<byte[]> field(FieldDescriptor field, Object value) {
    if (field.isRepeated()) {
      return repeated(field, (List<?>) value);
    }
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      byte[] once = scalar(field, value);
      return duplicates && random.nextInt(6) == 0 ? List.of(once, once) : List.of(once);
    }
    Message message = (Message) value;
    if (!duplicates || random.nextInt(3) != 0) {
      return List.of(delimited(field, encode(message)));
    }
    List<byte[]> halves = new ArrayList<>();
    for (Message half : split(message)) {
      halves.add(delimited(field, encode(half)));
    }
    return halves;
  }

  private List<Message> split(Message message) {
    Message.Builder first = message.newBuilderForType();
    Message.Builder second = message.newBuilderForType();
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      int choice = random.nextInt(3);
      if (choice != 0) {
        first.setField(entry.getKey(), entry.getValue());
      }
      if (choice != 1) {
        second.setField(entry.getKey(), entry.getValue());
      }
    }
    return List.of(first.build(), second.build());
  }

  private List<byte[]> repeated(FieldDescriptor field, List<?> values) {
    List<byte[]> pieces = new ArrayList<>();
    if (!field.isPackable()) {
      for (Object value : values) {
        boolean message = value instanceof Message;
        pieces.add(message ? delimited(field, encode((Message) value)) : scalar(field, value));
      }
      return pieces;
    }
    int from = 0;
    while (from < values.size()) {
      int to = from + 1 + random.nextInt(values.size() - from);
      pieces.add(
          random.nextBoolean()
              ? packed(field, values.subList(from, to))
              : unpacked(field, values.subList(from, to)));
      from = to;
    }
    return pieces;
  }

  private byte[] packed(FieldDescriptor field, List<?> values) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    values.forEach(value -> content.writeBytes(withoutTag(field, value)));
    return delimited(field, content.toByteArray());
  }

  private byte[] unpacked(FieldDescriptor field, List<?> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    values.forEach(value -> out.writeBytes(scalar(field, value)));
    return out.toByteArray();
  }

  private static byte[] scalar(FieldDescriptor field, Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(varint((long) field.getNumber() << 3 | wireType(field), 0));
    bytes.writeBytes(withoutTag(field, value));
    return bytes.toByteArray();
  }

  private static int wireType(FieldDescriptor field) {
    return switch (field.getType()) {
      case FIXED64, SFIXED64, DOUBLE -> WireFormat.WIRETYPE_FIXED64;
      case FIXED32 -> WireFormat.WIRETYPE_FIXED32;
      case STRING, BYTES -> WireFormat.WIRETYPE_LENGTH_DELIMITED;
      case BOOL, ENUM, UINT32, UINT64, INT64, SINT32 -> WireFormat.WIRETYPE_VARINT;
      default -> throw new IllegalArgumentException("not in OTLP: " + field.getType());
    };
  }

  private static byte[] withoutTag(FieldDescriptor field, Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      switch (field.getType()) {
        case FIXED64, SFIXED64 -> out.writeFixed64NoTag((Long) value);
        case DOUBLE -> out.writeDoubleNoTag((Double) value);
        case FIXED32 -> out.writeFixed32NoTag((Integer) value);
        case STRING -> out.writeStringNoTag((String) value);
        case BYTES -> out.writeBytesNoTag((ByteString) value);
        case BOOL -> out.writeBoolNoTag((Boolean) value);
        case ENUM -> out.writeInt32NoTag(((EnumValueDescriptor) value).getNumber());
        case UINT32 -> out.writeUInt32NoTag((Integer) value);
        case UINT64, INT64 -> out.writeUInt64NoTag((Long) value);
        case SINT32 -> out.writeSInt32NoTag((Integer) value);
        default -> throw new IllegalArgumentException("not in OTLP: " + field.getType());
      }
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private byte[] delimited(FieldDescriptor field, byte[] content) {
    return delimited(field.getNumber(), content);
  }

  private byte[] delimited(int number, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(varint((long) number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED, padding()));
    out.writeBytes(varint(content.length, padding()));
    out.writeBytes(content);
    return out.toByteArray();
  }

  private int padding() {
    return random.nextInt(30) == 0 ? 1 + random.nextInt(3) : 0;
  }

  private byte[] unknown() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int type = random.nextInt(5);
    switch (type) {
      case 0 -> {
        out.writeBytes(varint((long) UNKNOWN_NUMBER << 3 | WireFormat.WIRETYPE_VARINT, 0));
        out.writeBytes(varint(random.nextLong(), 0));
      }
      case 1 -> {
        out.writeBytes(varint((long) UNKNOWN_NUMBER << 3 | WireFormat.WIRETYPE_FIXED64, 0));
        out.writeBytes(new byte[8]);
      }
      case 2 -> out.writeBytes(delimited(UNKNOWN_NUMBER, new byte[random.nextInt(20)]));
      case 3 -> {
        out.writeBytes(varint((long) UNKNOWN_NUMBER << 3 | WireFormat.WIRETYPE_START_GROUP, 0));
        out.writeBytes(random.nextBoolean() ? unknown() : new byte[0]);
        out.writeBytes(varint((long) UNKNOWN_NUMBER << 3 | WireFormat.WIRETYPE_END_GROUP, 0));
      }
      default -> {
        out.writeBytes(varint((long) UNKNOWN_NUMBER << 3 | WireFormat.WIRETYPE_FIXED32, 0));
        out.writeBytes(new byte[4]);
      }
    }
    return out.toByteArray();
  }

  private static byte[] varint(long value, int padding) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    for (int i = 0; i < padding; i++) {
      out.write((int) (rest & 0x7f | 0x80));
      rest = 0;
    }
    out.write((int) rest);
    return out.toByteArray();
  }
}
