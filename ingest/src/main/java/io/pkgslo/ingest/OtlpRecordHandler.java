// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import io.pkgslo.ingest.attribute.AttributeSettings;
import io.pkgslo.ingest.attribute.FactSink;
import io.pkgslo.ingest.attribute.ItemCounts;
import io.pkgslo.ingest.attribute.ItemReaders;
import io.pkgslo.ingest.attribute.ItemSelectors;
import io.pkgslo.ingest.decode.AttributeKeys;
import io.pkgslo.ingest.decode.DecodeFailure;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.decode.MalformedOtlpException;
import io.pkgslo.ingest.decode.OtlpLogDecoder;
import io.pkgslo.ingest.decode.OtlpMetricDecoder;
import io.pkgslo.ingest.decode.OtlpTraceDecoder;
import io.pkgslo.ingest.record.RecordHandler;
import io.pkgslo.ingest.record.Rejection;
import io.pkgslo.ingest.record.Signal;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stages {@code decode} and {@code attribute} behind {@code record}: the boundary at which a
 * value that is no OTLP message becomes a rejection. A decoder tells its reader nothing before it
 * has seen that the whole value can be read. Single-threaded.
 */
final class OtlpRecordHandler implements RecordHandler {
  private static final String STAGE = "decode";

  private final OtlpTraceDecoder traces;
  private final OtlpLogDecoder logs;
  private final OtlpMetricDecoder metrics;
  private final ItemReaders readers;

  OtlpRecordHandler(
      AttributeSettings settings,
      DecodeLimits limits,
      FactSink sink,
      Clock clock,
      Supplier<ItemSelectors> selectors) {
    AttributeKeys keys = settings.keys();
    traces = new OtlpTraceDecoder(keys, limits);
    logs = new OtlpLogDecoder(keys, limits);
    metrics = new OtlpMetricDecoder(keys, limits);
    readers = new ItemReaders(settings, keys, sink, clock, selectors);
  }

  /** All reasons of its rejections. */
  static List<String> rejections() {
    return Arrays.stream(DecodeFailure.values()).map(DecodeFailure::reason).toList();
  }

  @Override
  public @Nullable Rejection handle(
      Signal signal, ByteBuffer value, long appendedMillis, ItemCounts counts) {
    readers.begin(appendedMillis, counts);
    try {
      switch (signal) {
        case SPANS -> traces.decode(value, readers.spans());
        case LOGS -> logs.decode(value, readers.logs());
        case METRICS -> metrics.decode(value, readers.metrics());
      }
      readers.end();
      return null;
    } catch (MalformedOtlpException e) {
      return new Rejection(e.failure().reason(), STAGE);
    }
  }

  @Override
  public void aborted() {
    readers.aborted();
  }
}
