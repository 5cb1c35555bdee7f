// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import io.pkgslo.ingest.decode.RecordTape.AttributeRow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a resource, scope, span, event, log record or metric point: by the number of an
 * {@link AttributeKeys} key, or one after the other. Of several equal keys the last one counts. A
 * flyweight, see the package.
 */
public final class AttributesView {
  private final RecordTape tape;
  private final @Nullable AnyValueView[] byKey;

  // Per key: the generation that last had it, and its row. Spares clearing for every item.
  private final long[] lastRow;
  private final Slice key = new Slice();
  private final AnyValueView value = new AnyValueView();
  private int generation;
  private int first;
  private int count;

  AttributesView(RecordTape tape, AttributeKeys keys) {
    this.tape = tape;
    this.byKey = new @Nullable AnyValueView[keys.size()];
    this.lastRow = new long[keys.size()];
  }

  void moveTo(long range) {
    first = Packed.high(range);
    count = Packed.low(range);
    nextGeneration();
    long[] cells = tape.attributes.cells();
    int row = first * AttributeRow.STRIDE;
    for (int i = 0; i < count; i++, row += AttributeRow.STRIDE) {
      int id = Packed.high(cells[row + AttributeRow.ID_AND_KIND]);
      if (id != AttributeKeys.NONE) {
        lastRow[id] = Packed.of(generation, row);
      }
    }
  }

  // Generation 0 is never current: it is what the cells of keys hold that were never seen.
  private void nextGeneration() {
    generation++;
    if (generation == 0) {
      Arrays.fill(lastRow, 0L);
      generation = 1;
    }
  }

  /** How many there are, duplicates included. */
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
    long last = lastRow[keyId];
    if (Packed.high(last) != generation) {
      return null;
    }
    AnyValueView view = byKey[keyId];
    if (view == null) {
      view = new AnyValueView();
      byKey[keyId] = view;
    }
    return moveTo(view, Packed.low(last));
  }

  /** The text of a key whose value is a STRING, else null. */
  public @Nullable Slice text(int keyId) {
    AnyValueView found = get(keyId);
    return found != null && found.isString() ? found.text() : null;
  }

  /**
   * The value of any key, found by looking at all: for keys that nobody knew when the decoder was
   * built.
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
