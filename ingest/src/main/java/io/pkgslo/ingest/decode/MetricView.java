// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** The metric of the points that follow it. A flyweight, see the package. */
public final class MetricView {
  private final RecordTape tape;
  private final Slice name = new Slice();
  private final Slice description = new Slice();
  private final Slice unit = new Slice();
  private int row;

  MetricView(RecordTape tape) {
    this.tape = tape;
  }

  void moveTo(int newRow) {
    row = newRow;
  }

  private long cell(int index) {
    return tape.items.get(row + index);
  }

  public Slice name() {
    return name.wrapPacked(tape.buffer(), cell(MetricRow.NAME));
  }

  /** Empty when absent. */
  public Slice description() {
    return description.wrapPacked(tape.buffer(), cell(MetricRow.DESCRIPTION));
  }

  /** Unit in UCUM; empty when absent. */
  public Slice unit() {
    return unit.wrapPacked(tape.buffer(), cell(MetricRow.UNIT));
  }

  public MetricKind kind() {
    return MetricKind.ofCode((int) cell(MetricRow.KIND));
  }

  public Temporality temporality() {
    return Temporality.ofCode(cell(MetricRow.TEMPORALITY));
  }

  /** Whether the values of a sum never go down but at a reset; false for the other kinds. */
  public boolean isMonotonic() {
    return cell(MetricRow.MONOTONIC) != 0;
  }

  public int pointCount() {
    return Packed.low(points());
  }

  long points() {
    return cell(MetricRow.POINTS);
  }
}
