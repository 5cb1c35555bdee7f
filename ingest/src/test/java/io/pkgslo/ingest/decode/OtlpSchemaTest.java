// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Our table of OTLP says what the official descriptors say, field by field. */
class OtlpSchemaTest {
  private final Set<MessageType> compared = EnumSet.noneOf(MessageType.class);

  @Test
  void schema_sameAsOfficialDescriptors() {
    Map<MessageType, Descriptor> roots =
        Map.of(
            MessageType.TRACES, TracesData.getDescriptor(),
            MessageType.LOGS, LogsData.getDescriptor(),
            MessageType.METRICS, MetricsData.getDescriptor());
    roots.forEach(this::compare);
    assertThat(compared).isEqualTo(EnumSet.allOf(MessageType.class));
  }

  private void compare(MessageType ours, Descriptor official) {
    if (!compared.add(ours)) {
      return;
    }
    List<Integer> numbers = official.getFields().stream().map(FieldDescriptor::getNumber).toList();
    assertThat(ours.fields().stream().map(MessageField::number))
        .as(official.getFullName())
        .containsExactlyInAnyOrderElementsOf(numbers);
    for (MessageField field : ours.fields()) {
      compare(field, official.findFieldByNumber(field.number()));
    }
  }

  private void compare(MessageField ours, FieldDescriptor official) {
    String name = official.getFullName();
    assertThat(ours.name()).as(name).isEqualTo(official.getJsonName());
    assertThat(ours.isRepeated()).as(name).isEqualTo(official.isRepeated());
    boolean oneof = official.getRealContainingOneof() != null;
    assertThat(ours.occurrence() == MessageField.Occurrence.ONEOF).as(name).isEqualTo(oneof);
    assertThat(ours.type()).as(name).isEqualTo(typeOf(official));
    MessageType nested = ours.message();
    if (nested != null) {
      compare(nested, official.getMessageType());
    }
  }

  private static FieldType typeOf(FieldDescriptor field) {
    return switch (field.getType()) {
      case STRING -> FieldType.STRING;
      case BYTES -> field.getName().endsWith("_id") ? FieldType.ID : FieldType.BYTES;
      case BOOL -> FieldType.BOOL;
      case ENUM -> FieldType.ENUM;
      case INT64, UINT64, UINT32 -> FieldType.INTEGER;
      case SINT32 -> FieldType.ZIGZAG;
      case FIXED64, SFIXED64 -> FieldType.FIXED64;
      case FIXED32 -> FieldType.FIXED32;
      case DOUBLE -> FieldType.DOUBLE;
      case MESSAGE -> FieldType.MESSAGE;
      default -> throw new IllegalArgumentException("not in OTLP: " + field.getType());
    };
  }
}
