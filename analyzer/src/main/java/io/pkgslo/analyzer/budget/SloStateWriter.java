// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.budget;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.pkgslo.analyzer.sli.ObjectiveVersion;
import io.pkgslo.analyzer.sli.SloSnapshot;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.model.wire.BurnRate;
import io.pkgslo.model.wire.SloState;
import io.pkgslo.model.wire.SubjectState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Writes the objectives of a subject as {@link SloState} has them, without an object per window.
 * Mutable, single-threaded: it keeps its room.
 */
final class SloStateWriter {
  private static final int FIRST_ROOM = 1 << 12;

  private byte[] whole = new byte[FIRST_ROOM];
  private byte[] one = new byte[FIRST_ROOM];

  /** The bytes of {@code state} and of the objectives behind it. */
  byte[] behind(SubjectState state, List<SloSnapshot> slos) {
    while (true) {
      try {
        CodedOutputStream out = CodedOutputStream.newInstance(whole);
        state.writeTo(out);
        for (SloSnapshot slo : slos) {
          CodedOutputStream part = CodedOutputStream.newInstance(one);
          write(slo, part);
          writeLength(SubjectState.SLO_FIELD_NUMBER, part.getTotalBytesWritten(), out);
          out.write(one, 0, part.getTotalBytesWritten());
        }
        return Arrays.copyOf(whole, out.getTotalBytesWritten());
      } catch (CodedOutputStream.OutOfSpaceException e) {
        whole = new byte[2 * whole.length];
        one = new byte[whole.length];
      } catch (IOException e) {
        throw new UncheckedIOException("an array does not fail", e);
      }
    }
  }

  private static void writeLength(int field, int length, CodedOutputStream out) throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(length);
  }

  private static void write(SloSnapshot slo, CodedOutputStream out) throws IOException {
    ObjectiveVersion objective = slo.objective();
    ErrorBudget budget = new ErrorBudget(slo);
    out.writeString(SloState.SLO_FIELD_NUMBER, objective.id());
    out.writeString(SloState.TARGET_FIELD_NUMBER, objective.target().toPlainString());
    out.writeInt64(SloState.PERIOD_SECONDS_FIELD_NUMBER, objective.period().seconds());
    out.writeUInt64(SloState.VALID_FIELD_NUMBER, slo.period().valid());
    out.writeUInt64(SloState.BAD_FIELD_NUMBER, slo.period().bad());
    write(SloState.BUDGET_REMAINING_FIELD_NUMBER, budget.remaining(), out);
    for (Window window : objective.windows()) {
      OptionalDouble burn = budget.burnRate(window);
      if (burn.isPresent()) {
        double ratio = budget.errorRatio(window).orElseThrow();
        write(window.label(), burn.getAsDouble(), ratio, out);
      }
    }
    out.writeBool(SloState.DEGRADED_FIELD_NUMBER, budget.degraded());
    out.writeBool(SloState.EXPOSURE_SERVICE_FIELD_NUMBER, slo.exposureService());
    write(SloState.SECONDS_TO_EXHAUSTION_FIELD_NUMBER, budget.secondsToExhaustion(), out);
    for (String name : slo.labels().names()) {
      out.writeString(SloState.LABEL_NAME_FIELD_NUMBER, name);
    }
    for (String value : slo.labels().values()) {
      out.writeString(SloState.LABEL_VALUE_FIELD_NUMBER, value);
    }
  }

  private static void write(int field, OptionalDouble value, CodedOutputStream out)
      throws IOException {
    if (value.isPresent()) {
      out.writeDouble(field, value.getAsDouble());
    }
  }

  /** Zeros are left out, as they are for a reader. */
  private static void write(String window, double burn, double ratio, CodedOutputStream out)
      throws IOException {
    int length =
        CodedOutputStream.computeStringSize(BurnRate.WINDOW_FIELD_NUMBER, window)
            + size(BurnRate.BURN_RATE_FIELD_NUMBER, burn)
            + size(BurnRate.ERROR_RATIO_FIELD_NUMBER, ratio);
    writeLength(SloState.BURN_RATE_FIELD_NUMBER, length, out);
    out.writeString(BurnRate.WINDOW_FIELD_NUMBER, window);
    writeUnlessZero(BurnRate.BURN_RATE_FIELD_NUMBER, burn, out);
    writeUnlessZero(BurnRate.ERROR_RATIO_FIELD_NUMBER, ratio, out);
  }

  private static int size(int field, double value) {
    return value == 0 ? 0 : CodedOutputStream.computeDoubleSize(field, value);
  }

  private static void writeUnlessZero(int field, double value, CodedOutputStream out)
      throws IOException {
    if (value != 0) {
      out.writeDouble(field, value);
    }
  }
}
