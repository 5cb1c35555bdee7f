// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.List;
import java.util.Random;

/**
 * Random messages of the official classes: every field that the schema has, and odd values in it.
 */
final class RandomTelemetry {
  private static final int DEEPEST = 12;
  private static final List<String> TEXTS =
      List.of(
          "",
          "k",
          "service.name",
          "http.route",
          "code.function.name",
          "größer",
          "\ud83d\ude00",
          "line\nline\t\"quoted\" \\ \u0000 \u2028",
          "github.com/acme/shop/pkg/yaml%2ev3");
  private static final long[] NUMBERS = {
    0, 1, -1, 127, 128, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, 1_700_000_000_000_000_000L
  };
  private static final double[] FRACTIONS = {
    0, -0.0, 1.5, 1e300, 4.9e-324, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private final Random random;

  RandomTelemetry(Random random) {
    this.random = random;
  }

  TracesData traces() {
    return (TracesData) message(TracesData.newBuilder(), 0);
  }

  LogsData logs() {
    return (LogsData) message(LogsData.newBuilder(), 0);
  }

  MetricsData metrics() {
    return (MetricsData) message(MetricsData.newBuilder(), 0);
  }

  private Message message(Message.Builder builder, int depth) {
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      boolean envelope = depth < 3 && field.isRepeated();
      if (!envelope && random.nextInt(3) == 0) {
        continue;
      }
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && depth > DEEPEST) {
        continue;
      }
      if (!field.isRepeated()) {
        builder.setField(field, value(builder, field, depth));
        continue;
      }
      for (int count = random.nextInt(depth > 6 ? 2 : 4); count > 0; count--) {
        builder.addRepeatedField(field, value(builder, field, depth));
      }
    }
    return builder.build();
  }

  private Object value(Message.Builder builder, FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case STRING -> text();
      case BYTE_STRING -> bytes(field.getName());
      case LONG -> number();
      case INT ->
          field.getType() == FieldDescriptor.Type.SINT32 ? random.nextInt(41) - 20 : integer();
      case DOUBLE -> fraction();
      case FLOAT -> (float) fraction();
      case BOOLEAN -> random.nextBoolean();
      case ENUM -> enumValue(field);
      case MESSAGE -> message(builder.newBuilderForField(field), depth + 1);
    };
  }

  private EnumValueDescriptor enumValue(FieldDescriptor field) {
    List<EnumValueDescriptor> values = field.getEnumType().getValues();
    return values.get(random.nextInt(values.size()));
  }

  private String text() {
    if (random.nextInt(20) == 0) {
      return "x".repeat(random.nextInt(300));
    }
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private ByteString bytes(String name) {
    int full = name.contains("trace") ? 16 : 8;
    int length = random.nextInt(8) == 0 ? random.nextInt(40) : full;
    byte[] bytes = new byte[length];
    if (random.nextInt(10) != 0) {
      random.nextBytes(bytes);
    }
    if (random.nextInt(10) == 0) {
      return ByteString.copyFromUtf8("00aA".repeat(full / 2));
    }
    return ByteString.copyFrom(bytes);
  }

  private long number() {
    return random.nextBoolean() ? random.nextLong() : NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private int integer() {
    return random.nextBoolean() ? random.nextInt() : random.nextInt(3);
  }

  private double fraction() {
    return random.nextBoolean()
        ? random.nextGaussian()
        : FRACTIONS[random.nextInt(FRACTIONS.length)];
  }
}
