// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import io.pkgslo.ingest.decode.RecordTape.AttributeRow;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a resource, scope, span, event, log record or metric point: by the number of an
 * {@link AttributeKeys} key, or one after the other. Of several equal keys the last one counts. A
 * flyweight, see the package.
 */
public final class AttributesView {
  private final RecordTape tape;
  private final @Nullable AnyValueView[] byKey;

  private final Slice key = new Slice();
  private final AnyValueView value = new AnyValueView();
  private int first;
  private int count;

  /** Which keys may be here: a bit for the number of each, modulo 64. */
  private long present;

  AttributesView(RecordTape tape, AttributeKeys keys) {
    this.tape = tape;
    this.byKey = new @Nullable AnyValueView[keys.size()];
  }

  void moveTo(long range) {
    first = Packed.high(range);
    count = Packed.low(range);
    long[] cells = tape.attributes.cells();
    long keys = 0;
    int row = first * AttributeRow.STRIDE;
    for (int i = 0; i < count; i++, row += AttributeRow.STRIDE) {
      int id = Packed.high(cells[row + AttributeRow.ID_AND_KIND]);
      keys |= id == AttributeKeys.NONE ? 0 : 1L << id;
    }
    present = keys;
  }

  /** A set of keys for {@link #mayHaveAny}. */
  public static long setOf(int... keyIds) {
    long set = 0;
    for (int id : keyIds) {
      set |= 1L << id;
    }
    return set;
  }

  /** False when none of these keys is here: one look instead of many. True says nothing. */
  public boolean mayHaveAny(long set) {
    return (present & set) != 0;
  }

  /**
   * How many there are, duplicates included; of spans and events only those that someone asks for.
   */
  public int size() {
    return count;
  }

  /**
   * The value of a key.
   *
   * @param keyId a number of the {@link AttributeKeys} that the decoder was built with
   * @return null when absent; an attribute without a value is there, and EMPTY
   */
  public @Nullable AnyValueView get(int keyId) {
    if ((present >>> keyId & 1) == 0) {
      return null;
    }
    long[] cells = tape.attributes.cells();
    int start = first * AttributeRow.STRIDE;
    int row = start + count * AttributeRow.STRIDE;
    do {
      row -= AttributeRow.STRIDE;
      if (Packed.high(cells[row + AttributeRow.ID_AND_KIND]) == keyId) {
        return moveTo(viewOf(keyId), row);
      }
    } while (row > start);
    return null;
  }

  private AnyValueView viewOf(int keyId) {
    AnyValueView view = byKey[keyId];
    if (view == null) {
      view = new AnyValueView();
      byKey[keyId] = view;
    }
    return view;
  }

  /** The text of a key whose value is a STRING, else null. */
  public @Nullable Slice text(int keyId) {
    AnyValueView found = get(keyId);
    return found != null && found.isString() ? found.text() : null;
  }

  /**
   * The value of any key, found by looking at all: for keys that nobody knew when the decoder was
   * built. Of spans and events only what {@link TraceSink#furtherKeys} named is there.
   *
   * @return null when absent; the view of {@link #valueAt}, which moves
   */
  public @Nullable AnyValueView find(byte[] wanted) {
    for (int i = count - 1; i >= 0; i--) {
      if (keyAt(i).contentEquals(wanted)) {
        return valueAt(i);
      }
    }
    return null;
  }

  /**
   * Key of the attribute at an index.
   *
   * @param index 0 to size - 1
   */
  public Slice keyAt(int index) {
    return key.wrapPacked(tape.buffer(), tape.attributes.get(rowOf(index) + AttributeRow.KEY));
  }

  /** Number of the key at an index, or -1 for a key that nobody asked for. */
  public int keyIdAt(int index) {
    return Packed.high(tape.attributes.get(rowOf(index) + AttributeRow.ID_AND_KIND));
  }

  /** Value of the attribute at an index; one view, which moves. */
  public AnyValueView valueAt(int index) {
    return moveTo(value, rowOf(index));
  }

  private int rowOf(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException(index + " of " + count);
    }
    return (first + index) * AttributeRow.STRIDE;
  }

  private AnyValueView moveTo(AnyValueView view, int row) {
    long[] cells = tape.attributes.cells();
    int kind = Packed.low(cells[row + AttributeRow.ID_AND_KIND]);
    return view.moveTo(tape.buffer(), ValueKind.ofCode(kind), cells[row + AttributeRow.VALUE]);
  }
}
