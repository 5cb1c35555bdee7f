// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SpanBlock;
import java.util.List;

/**
 * A {@link SpanBlock} as it was read. What of it outlives its turn is {@link #spans} alone.
 *
 * @param appendedMillis highest append time of the source records, epoch milliseconds
 * @param packages dictionary of import paths; entry 0 is empty
 * @param panics what spans report, each with the row of its span
 */
public record SpanFacts(
    List<Progress> progress,
    long appendedMillis,
    List<Origin> origins,
    List<String> packages,
    SpanColumns spans,
    List<PanicReport> panics) {

  /**
   * Reads a block.
   *
   * @throws InvalidProtocolBufferException where the generated parser throws it
   */
  public static SpanFacts read(byte[] bytes) throws InvalidProtocolBufferException {
    SpanBlockReader block = SpanBlockReader.read(bytes);
    return new SpanFacts(
        block.progress,
        block.appendedMillis,
        block.origins,
        block.packages,
        new SpanColumns(block),
        block.panics);
  }

  /** The same block. */
  public static SpanFacts of(SpanBlock block) {
    try {
      return read(block.toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("no block", e);
    }
  }

  /** Whether columns have one length and all indexes point somewhere. */
  public boolean isConsistent() {
    int rows = spans.rows();
    return spans.areConsistent(origins.size(), packages.size())
        && panics.stream()
            .mapToInt(PanicReport::getSpanIndex)
            .allMatch(row -> row >= 0 && row < rows);
  }
}
