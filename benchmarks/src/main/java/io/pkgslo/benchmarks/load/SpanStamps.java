// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.load;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One OTLP trace record and where ids and times stand in it, so that a copy with fresh ones costs a
 * few writes per span. Ids are changed by a bijection that depends on the copy only: spans that
 * belong together still do, and spans of different copies never do. Immutable.
 */
public final class SpanStamps implements RecordTemplate {
  private static final int RESOURCE_SPANS = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SPANS = 2;
  private static final int TRACE_ID = 1;
  private static final int SPAN_ID = 2;
  private static final int PARENT_SPAN_ID = 4;
  private static final int START_TIME = 7;
  private static final int END_TIME = 8;
  private static final int EVENT = 11;
  private static final int EVENT_TIME = 1;
  private static final int LINK = 13;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] record;
  private final int[] ids;
  private final int[] times;
  private final int spans;
  private final long latestEndNanos;

  private SpanStamps(Walk walk) {
    record = walk.record;
    ids = Arrays.copyOf(walk.ids, walk.idCount);
    times = Arrays.copyOf(walk.times, walk.timeCount);
    spans = walk.spans;
    latestEndNanos = walk.latestEndNanos;
  }

  /**
   * @throws IOException if the record is not a trace message
   */
  static SpanStamps of(byte[] record) throws IOException {
    Walk walk = new Walk(record);
    walk.message(0, record.length, Level.MESSAGE);
    return new SpanStamps(walk);
  }

  /**
   * All of them.
   *
   * @throws IOException if one is not a trace message
   */
  public static List<RecordTemplate> of(List<byte[]> records) throws IOException {
    List<RecordTemplate> templates = new ArrayList<>();
    for (byte[] record : records) {
      templates.add(of(record));
    }
    return templates;
  }

  @Override
  public int items() {
    return spans;
  }

  @Override
  public int marks() {
    return spans;
  }

  /** Latest end of a span. */
  @Override
  public long latestNanos() {
    return latestEndNanos;
  }

  @Override
  public byte[] copy(long idMask, long shiftNanos) {
    byte[] copy = record.clone();
    for (int at : ids) {
      LONGS.set(copy, at, (long) LONGS.get(copy, at) ^ idMask);
    }
    for (int at : times) {
      LONGS.set(copy, at, (long) LONGS.get(copy, at) + shiftNanos);
    }
    return copy;
  }

  private enum Level {
    MESSAGE,
    RESOURCE_SPANS,
    SCOPE_SPANS,
    SPAN,
    EVENT,
    LINK
  }

  /** Mutable: what was found so far. */
  private static final class Walk {
    final byte[] record;
    int[] ids = new int[1024];
    int idCount;
    int[] times = new int[1024];
    int timeCount;
    int spans;
    long latestEndNanos;

    Walk(byte[] record) {
      this.record = record;
    }

    void message(int from, int to, Level level) throws IOException {
      CodedInputStream in = CodedInputStream.newInstance(record, from, to - from);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        int field = WireFormat.getTagFieldNumber(tag);
        switch (WireFormat.getTagWireType(tag)) {
          case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
            int length = in.readRawVarint32();
            int start = from + in.getTotalBytesRead();
            nested(start, length, field, level);
            in.skipRawBytes(length);
          }
          case WireFormat.WIRETYPE_FIXED64 -> {
            fixed(from + in.getTotalBytesRead(), field, level);
            in.skipRawBytes(Long.BYTES);
          }
          default -> in.skipField(tag);
        }
      }
    }

    private void nested(int start, int length, int field, Level level) throws IOException {
      switch (level) {
        case MESSAGE -> descend(field == RESOURCE_SPANS, start, length, Level.RESOURCE_SPANS);
        case RESOURCE_SPANS -> descend(field == SCOPE_SPANS, start, length, Level.SCOPE_SPANS);
        case SCOPE_SPANS -> {
          spans += field == SPANS ? 1 : 0;
          descend(field == SPANS, start, length, Level.SPAN);
        }
        case SPAN -> {
          id(field == TRACE_ID || field == SPAN_ID || field == PARENT_SPAN_ID, start, length);
          descend(field == EVENT, start, length, Level.EVENT);
          descend(field == LINK, start, length, Level.LINK);
        }
        case LINK -> id(field == TRACE_ID || field == SPAN_ID, start, length);
        case EVENT -> {}
      }
    }

    private void descend(boolean wanted, int start, int length, Level level) throws IOException {
      if (wanted) {
        message(start, start + length, level);
      }
    }

    private void id(boolean wanted, int start, int length) {
      if (!wanted) {
        return;
      }
      for (int half = 0; half + Long.BYTES <= length; half += Long.BYTES) {
        if (idCount == ids.length) {
          ids = Arrays.copyOf(ids, 2 * idCount);
        }
        ids[idCount++] = start + half;
      }
    }

    private void fixed(int at, int field, Level level) {
      boolean end = level == Level.SPAN && field == END_TIME;
      boolean wanted =
          end
              || (level == Level.SPAN && field == START_TIME)
              || (level == Level.EVENT && field == EVENT_TIME);
      if (!wanted) {
        return;
      }
      if (timeCount == times.length) {
        times = Arrays.copyOf(times, 2 * timeCount);
      }
      times[timeCount++] = at;
      if (end) {
        latestEndNanos = Math.max(latestEndNanos, (long) LONGS.get(record, at));
      }
    }
  }
}
