// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.WireFormat;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SelectionSet;
import io.pkgslo.model.wire.SpanBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link SpanBlock} from its bytes: columns of numbers into arrays, few things by the
 * generated classes. Fields that it does not know are skipped. Mutable, for one use.
 */
final class SpanBlockReader {
  final PackedColumn.Fixed64 traceHigh = new PackedColumn.Fixed64();
  final PackedColumn.Fixed64 traceLow = new PackedColumn.Fixed64();
  final PackedColumn.Fixed64 spanId = new PackedColumn.Fixed64();
  final PackedColumn.Fixed64 parentId = new PackedColumn.Fixed64();
  final PackedColumn.UInt32 originIndex = new PackedColumn.UInt32();
  final PackedColumn.UInt32 packageIndex = new PackedColumn.UInt32();
  final PackedColumn.UInt32 traits = new PackedColumn.UInt32();
  final PackedColumn.Fixed64 endNanos = new PackedColumn.Fixed64();
  final PackedColumn.UInt64 durationNanos = new PackedColumn.UInt64();
  final PackedColumn.UInt64 weight = new PackedColumn.UInt64();
  final PackedColumn.UInt32 peerIndex = new PackedColumn.UInt32();
  final PackedColumn.UInt32 selectedRow = new PackedColumn.UInt32();
  final PackedColumn.UInt32 selectedSet = new PackedColumn.UInt32();

  final List<Progress> progress = new ArrayList<>();
  final List<Origin> origins = new ArrayList<>();
  final List<String> packages = new ArrayList<>();
  final List<PanicReport> panics = new ArrayList<>();
  final List<String> peers = new ArrayList<>();
  final List<SelectionSet> selectionSets = new ArrayList<>();
  long appendedMillis;

  private final byte[] bytes;
  private final CodedInputStream input;

  private SpanBlockReader(byte[] bytes) {
    this.bytes = bytes;
    this.input = CodedInputStream.newInstance(bytes);
  }

  /** As the generated parser reads {@code bytes}, and fails where it fails. */
  static SpanBlockReader read(byte[] bytes) throws InvalidProtocolBufferException {
    SpanBlockReader reader = new SpanBlockReader(bytes);
    try {
      for (int tag = reader.input.readTag(); tag != 0; tag = reader.input.readTag()) {
        if (!reader.field(tag) && !reader.input.skipField(tag)) {
          throw new InvalidProtocolBufferException("a group ends that did not begin");
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
    return reader;
  }

  /** False for a field that is to be skipped. */
  private boolean field(int tag) throws IOException {
    int number = WireFormat.getTagFieldNumber(tag);
    int wireType = WireFormat.getTagWireType(tag);
    PackedColumn column = column(number);
    if (column != null) {
      return column.read(bytes, input, wireType);
    }
    if (number == SpanBlock.APPENDED_MILLIS_FIELD_NUMBER
        && wireType == WireFormat.WIRETYPE_VARINT) {
      appendedMillis = input.readInt64();
      return true;
    }
    return wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED && entry(number);
  }

  private @Nullable PackedColumn column(int number) {
    return switch (number) {
      case SpanBlock.TRACE_ID_HIGH_FIELD_NUMBER -> traceHigh;
      case SpanBlock.TRACE_ID_LOW_FIELD_NUMBER -> traceLow;
      case SpanBlock.SPAN_ID_FIELD_NUMBER -> spanId;
      case SpanBlock.PARENT_SPAN_ID_FIELD_NUMBER -> parentId;
      case SpanBlock.ORIGIN_INDEX_FIELD_NUMBER -> originIndex;
      case SpanBlock.PACKAGE_INDEX_FIELD_NUMBER -> packageIndex;
      case SpanBlock.TRAITS_FIELD_NUMBER -> traits;
      case SpanBlock.END_EPOCH_NANOS_FIELD_NUMBER -> endNanos;
      case SpanBlock.DURATION_NANOS_FIELD_NUMBER -> durationNanos;
      case SpanBlock.WEIGHT_FIELD_NUMBER -> weight;
      case SpanBlock.PEER_INDEX_FIELD_NUMBER -> peerIndex;
      case SpanBlock.SELECTED_ROW_FIELD_NUMBER -> selectedRow;
      case SpanBlock.SELECTED_SET_FIELD_NUMBER -> selectedSet;
      default -> null;
    };
  }

  /** Reads an entry of what is no column of numbers; false if there is no such thing. */
  private boolean entry(int number) throws IOException {
    switch (number) {
      case SpanBlock.PROGRESS_FIELD_NUMBER -> progress.add(message(Progress.parser()));
      case SpanBlock.ORIGIN_FIELD_NUMBER -> origins.add(message(Origin.parser()));
      case SpanBlock.PACKAGE_FIELD_NUMBER -> packages.add(input.readStringRequireUtf8());
      case SpanBlock.PANIC_FIELD_NUMBER -> panics.add(message(PanicReport.parser()));
      case SpanBlock.PEER_FIELD_NUMBER -> peers.add(input.readStringRequireUtf8());
      case SpanBlock.SELECTION_SET_FIELD_NUMBER ->
          selectionSets.add(message(SelectionSet.parser()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private <T extends MessageLite> T message(Parser<T> parser) throws IOException {
    return input.readMessage(parser, ExtensionRegistryLite.getEmptyRegistry());
  }
}
