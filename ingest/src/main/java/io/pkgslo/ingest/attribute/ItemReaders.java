// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AttributeKeys;
import io.pkgslo.ingest.decode.LogSink;
import io.pkgslo.ingest.decode.MetricSink;
import io.pkgslo.ingest.decode.TraceSink;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * This stage as one worker has it: a reader per signal, with caches and counts in common. Use:
 * {@link #begin}, then let a decoder tell one of the readers what is in the record. Mutable,
 * single-threaded.
 */
public final class ItemReaders {
  private final RecordScope record;
  private final SpanReader spans;
  private final LogReader logs;
  private final RuntimeReader metrics;
  private final Supplier<ItemSelectors> selectors;
  private ItemSelectors applied = ItemSelectors.NONE;

  /**
   * @param keys the same that the decoders were built with, from {@link AttributeSettings#keys}
   * @param selectors what objectives select, asked once per record
   */
  public ItemReaders(
      AttributeSettings settings,
      AttributeKeys keys,
      FactSink sink,
      Clock clock,
      Supplier<ItemSelectors> selectors) {
    this.selectors = selectors;
    Mains mains = new Mains(settings.packages(), settings.blame().sourceRoots());
    ArmAttributes arms = new ArmAttributes(settings.armAttributes(), keys);
    record = new RecordScope(sink, new ItemTimes(clock, settings.allowedSkew()), arms);
    spans = new SpanReader(settings, keys, mains, record);
    logs = new LogReader(settings, keys, mains, record);
    metrics = new RuntimeReader(settings, record);
  }

  /**
   * Starts a record.
   *
   * @param appendedMillis append time of the record, epoch milliseconds
   * @param counts takes what becomes of its items
   */
  public void begin(long appendedMillis, ItemCounts counts) {
    record.begin(appendedMillis, counts);
    select(selectors.get());
    logs.begin();
  }

  private void select(ItemSelectors present) {
    if (present != applied) {
      applied = present;
      spans.select(present.spans());
      logs.select(present.logs());
      metrics.select(present.metrics());
    }
  }

  /** Ends a record that could be read to its end: hands over what waited for more of it. */
  public void end() {
    logs.end();
  }

  public TraceSink spans() {
    return spans;
  }

  public LogSink logs() {
    return logs;
  }

  public MetricSink metrics() {
    return metrics;
  }

  /** What was handed to the sink since the last commit came to nothing. */
  public void aborted() {
    record.aborted();
  }
}
