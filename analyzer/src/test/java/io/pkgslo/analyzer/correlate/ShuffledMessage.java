// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A message as some other writer may write it: fields in any order and in pieces, numbers packed or
 * one by one, and fields between them that nobody knows.
 */
final class ShuffledMessage {
  private static final int UNKNOWN_FIELD = 99;

  private final Random random;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream output = CodedOutputStream.newInstance(bytes);

  ShuffledMessage(Random random) {
    this.random = random;
  }

  private record Field(FieldDescriptor type, Deque<Object> values) {}

  byte[] write(Message message) {
    List<Field> left = new ArrayList<>();
    message
        .getAllFields()
        .forEach(
            (type, value) ->
                left.add(
                    new Field(
                        type,
                        new ArrayDeque<>(type.isRepeated() ? (List<?>) value : List.of(value)))));
    try {
      while (!left.isEmpty()) {
        Field field = left.get(random.nextInt(left.size()));
        piece(field);
        if (field.values().isEmpty()) {
          left.remove(field);
        }
        if (random.nextInt(8) == 0) {
          unknown();
        }
      }
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void piece(Field field) throws IOException {
    FieldDescriptor type = field.type();
    if (!type.isPackable() || random.nextInt(3) == 0) {
      int wireType = type.getLiteType().getWireType();
      output.writeTag(type.getNumber(), wireType);
      one(output, type, field.values().remove());
      return;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    CodedOutputStream values = CodedOutputStream.newInstance(packed);
    for (int count = random.nextInt(field.values().size() + 1); count > 0; count--) {
      one(values, type, field.values().remove());
    }
    values.flush();
    output.writeTag(type.getNumber(), WireFormat.WIRETYPE_LENGTH_DELIMITED);
    output.writeByteArrayNoTag(packed.toByteArray());
  }

  private static void one(CodedOutputStream to, FieldDescriptor type, Object value)
      throws IOException {
    switch (type.getType()) {
      case FIXED64 -> to.writeFixed64NoTag((Long) value);
      case UINT64 -> to.writeUInt64NoTag((Long) value);
      case INT64 -> to.writeInt64NoTag((Long) value);
      case UINT32 -> to.writeUInt32NoTag((Integer) value);
      case STRING -> to.writeStringNoTag((String) value);
      case MESSAGE -> to.writeMessageNoTag((Message) value);
      default -> throw new IllegalArgumentException(type.toString());
    }
  }

  private void unknown() throws IOException {
    switch (random.nextInt(5)) {
      case 0 -> output.writeUInt64(UNKNOWN_FIELD, random.nextLong());
      case 1 -> output.writeFixed64(UNKNOWN_FIELD, random.nextLong());
      case 2 -> output.writeFixed32(UNKNOWN_FIELD, random.nextInt());
      case 3 -> output.writeByteArray(UNKNOWN_FIELD, new byte[random.nextInt(20)]);
      default -> {
        output.writeTag(UNKNOWN_FIELD, WireFormat.WIRETYPE_START_GROUP);
        output.writeUInt64(1, random.nextLong());
        output.writeTag(UNKNOWN_FIELD, WireFormat.WIRETYPE_END_GROUP);
      }
    }
  }
}
