// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import io.prometheus.client.Predicate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.jspecify.annotations.Nullable;

/**
 * How far state is read back from its changelogs, and how much room it takes. Thread-safe; Kafka
 * Streams calls it from its own threads.
 */
public final class RestoreMeters extends Collector implements StateRestoreListener {
  private static final List<String> LABELS = List.of("store", "partition");
  private static final String STATE_BYTES = "pkgslo_state_bytes";

  private final Path directory;
  private final Map<Place, LongAdder> remaining = new ConcurrentHashMap<>();
  private final LongAdder restored = new LongAdder();

  private record Place(String store, int partition) {}

  /**
   * @param directory of the state
   */
  public RestoreMeters(Path directory) {
    this.directory = directory;
  }

  @Override
  public void onRestoreStart(TopicPartition topic, String store, long start, long end) {
    LongAdder left = new LongAdder();
    left.add(Math.max(0, end - start));
    remaining.put(new Place(store, topic.partition()), left);
  }

  @Override
  public void onBatchRestored(TopicPartition topic, String store, long end, long records) {
    restored.add(records);
    LongAdder left = remaining.get(new Place(store, topic.partition()));
    if (left != null) {
      left.add(-records);
    }
  }

  @Override
  public void onRestoreEnd(TopicPartition topic, String store, long records) {
    remaining.remove(new Place(store, topic.partition()));
  }

  @Override
  public void onRestoreSuspended(TopicPartition topic, String store, long records) {
    remaining.remove(new Place(store, topic.partition()));
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return collect(null);
  }

  /** The state directory is only looked through for whoever wants to know its size. */
  @Override
  public List<MetricFamilySamples> collect(@Nullable Predicate<String> names) {
    Stream<MetricFamilySamples> size =
        names == null || names.test(STATE_BYTES)
            ? Stream.of(
                new GaugeMetricFamily(
                    STATE_BYTES, "Size of the files in the state directory.", bytes()))
            : Stream.empty();
    return Stream.concat(progress().stream(), size)
        // The library's filter also takes away what has no samples at the moment.
        .map(family -> names == null ? family : family.filter(names))
        .filter(Objects::nonNull)
        .toList();
  }

  private List<MetricFamilySamples> progress() {
    GaugeMetricFamily left =
        new GaugeMetricFamily(
            "pkgslo_restore_remaining_records",
            "Records of a changelog that are still to be read back; absent when all are.",
            LABELS);
    remaining.forEach(
        (place, records) ->
            left.addMetric(
                List.of(place.store(), Integer.toString(place.partition())),
                // Offsets count markers of transactions too, which are never restored.
                (double) Math.max(0, records.sum())));
    return List.of(
        left,
        new CounterMetricFamily(
            "pkgslo_restored_records",
            "Records read back from changelogs.",
            (double) restored.sum()));
  }

  private double bytes() {
    try (Stream<Path> files = Files.walk(directory)) {
      return (double) files.mapToLong(RestoreMeters::size).sum();
    } catch (IOException | UncheckedIOException e) {
      // Not there yet, or a file went while we looked.
      return 0;
    }
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
