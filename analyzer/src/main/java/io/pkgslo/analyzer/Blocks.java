// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.pkgslo.analyzer.correlate.SpanFacts;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.PanicBlock;
import io.pkgslo.model.wire.ProcessAlias;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.ProcessInit;
import io.pkgslo.model.wire.ProcessLine;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.ProcessRequest;
import io.pkgslo.model.wire.RuntimePoint;
import io.pkgslo.model.wire.SelectedPoint;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks of our topics and checks that columns have one length and that indexes point
 * somewhere, so that the stages need not.
 */
final class Blocks {
  private static final String NOT_PROTOBUF = "not_protobuf";
  private static final String BAD_COLUMNS = "bad_columns";

  private Blocks() {}

  static SpanFacts spans(byte[] bytes) throws BrokenBlock {
    SpanFacts block;
    try {
      block = SpanFacts.read(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw notProtobuf(e);
    }
    check(block.isConsistent());
    return block;
  }

  static LogBlock logs(ByteString bytes) throws BrokenBlock {
    LogBlock block = parse(LogBlock.parser(), bytes);
    int rows = block.getTimeEpochNanosCount();
    check(
        block.getIdentityHighCount() == rows
            && block.getIdentityLowCount() == rows
            && block.getTraceIdHighCount() == rows
            && block.getTraceIdLowCount() == rows
            && block.getSpanIdCount() == rows
            && block.getSeverityCount() == rows
            && block.getOriginIndexCount() == rows
            && arePositions(block::getOriginIndex, rows, block.getOriginCount())
            && block.getPackageIndexCount() == rows
            && arePositions(block::getPackageIndex, rows, block.getPackageCount())
            && block.getSelectedRowCount() == block.getSelectedSetCount()
            && arePositions(
                block::getSelectedSet, block.getSelectedSetCount(), block.getSelectionSetCount()));
    return block;
  }

  static ProcessBlock process(ByteString bytes) throws BrokenBlock {
    ProcessBlock block = parse(ProcessBlock.parser(), bytes);
    int origins = block.getOriginCount();
    for (ProcessLine line : block.getLineList()) {
      check(
          isPosition(line.getOriginIndex(), origins)
              && isPosition(line.getStreamIndex(), block.getStreamCount()));
    }
    for (ProcessInit init : block.getInitList()) {
      check(isPosition(init.getOriginIndex(), origins));
    }
    for (ProcessAlias alias : block.getAliasList()) {
      check(isPosition(alias.getOriginIndex(), origins));
    }
    for (RuntimePoint point : block.getRuntimeList()) {
      check(isPosition(point.getOriginIndex(), origins));
    }
    for (SelectedPoint point : block.getSelectedPointList()) {
      check(isPosition(point.getOriginIndex(), origins));
    }
    for (ProcessLog log : block.getLogList()) {
      check(isPosition(log.getOriginIndex(), origins));
    }
    for (ProcessRequest request : block.getRequestList()) {
      check(isPosition(request.getOriginIndex(), origins));
    }
    return block;
  }

  static PanicBlock panics(ByteString bytes) throws BrokenBlock {
    return parse(PanicBlock.parser(), bytes);
  }

  /**
   * Items that point nowhere are dropped one by one by the stage, so only the bytes are checked.
   */
  static ObservationBlock observations(ByteString bytes) throws BrokenBlock {
    return parse(ObservationBlock.parser(), bytes);
  }

  /** The value of a record, not copied. */
  static ByteString wrap(byte @Nullable [] value) throws BrokenBlock {
    return UnsafeByteOperations.unsafeWrap(present(value));
  }

  /** The value of a record that has one. */
  static byte[] present(byte @Nullable [] value) throws BrokenBlock {
    if (value == null) {
      throw new BrokenBlock("no_value", "a block without a value");
    }
    return value;
  }

  private static <T> T parse(Parser<T> parser, ByteString bytes) throws BrokenBlock {
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw notProtobuf(e);
    }
  }

  private static BrokenBlock notProtobuf(InvalidProtocolBufferException e) {
    return new BrokenBlock(NOT_PROTOBUF, String.valueOf(e.getMessage()));
  }

  private static boolean arePositions(IntUnaryOperator indexOf, int rows, int entries) {
    for (int row = 0; row < rows; row++) {
      if (!isPosition(indexOf.applyAsInt(row), entries)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPosition(int index, int entries) {
    return index >= 0 && index < entries;
  }

  private static void check(boolean consistent) throws BrokenBlock {
    if (!consistent) {
      throw new BrokenBlock(BAD_COLUMNS, "columns differ in length or an index points nowhere");
    }
  }
}
