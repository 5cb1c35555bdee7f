// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.prometheus.client.Collector;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Our own metrics: what was dropped since this process started, and how far each task is. Drops
 * count as things happen, not at commits: work that is done again after a failure counts again.
 * Thread-safe.
 */
public final class StageMeters extends Collector implements Collector.Describable {
  private static final String STAGE = "analyzer";
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Clock clock;
  private final Map<String, LongAdder> dropped = new ConcurrentHashMap<>();
  private final Map<TaskName, StageGauges> tasks = new ConcurrentHashMap<>();
  private volatile long heartbeatMillis;

  private record TaskName(String task, int partition) {}

  /**
   * @param reasons for drops, so that their counters exist from 0 on
   */
  public StageMeters(Clock clock, List<String> reasons) {
    this.clock = clock;
    reasons.forEach(reason -> dropped.put(reason, new LongAdder()));
  }

  /** A task is at work. */
  public void turn() {
    heartbeatMillis = clock.millis();
  }

  /** Items did not count as they stood. */
  public void dropped(String reason, long items) {
    dropped.computeIfAbsent(reason, r -> new LongAdder()).add(items);
  }

  /** Gauges of a task that begins to work here. */
  public StageGauges open(String task, int partition) {
    StageGauges gauges = new StageGauges();
    tasks.put(new TaskName(task, partition), gauges);
    return gauges;
  }

  /** The task works here no more. */
  public void close(String task, int partition, StageGauges gauges) {
    tasks.remove(new TaskName(task, partition), gauges);
  }

  /** Wall clock at the last record of any task, epoch milliseconds; 0 before the first. */
  public long heartbeatMillis() {
    return heartbeatMillis;
  }

  /**
   * Only the names that no other stage of pkgslo has: the stages may share one registry, which
   * refuses a second collector of a name.
   */
  @Override
  public List<MetricFamilySamples> describe() {
    return List.of(watermarks(), kept(), horizons());
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return List.of(droppedItems(), lags(), heartbeat(), watermarks(), kept(), horizons());
  }

  private MetricFamilySamples droppedItems() {
    CollectedSamples sink = new CollectedSamples();
    dropped.forEach(
        (reason, count) ->
            sink.add(
                "pkgslo_items_dropped_total",
                Names.STAGE_REASON,
                List.of(STAGE, reason),
                (double) count.sum()));
    return new MetricFamilySamples(
        "pkgslo_items_dropped", Type.COUNTER, "Items that do not count.", sink.samples());
  }

  private MetricFamilySamples heartbeat() {
    CollectedSamples sink = new CollectedSamples();
    if (heartbeatMillis > 0) {
      sink.add(
          "pkgslo_heartbeat_seconds",
          Names.STAGE,
          List.of(STAGE),
          heartbeatMillis / MILLIS_PER_SECOND);
    }
    return new MetricFamilySamples(
        "pkgslo_heartbeat_seconds",
        Type.GAUGE,
        "Wall clock at the last turn of a worker.",
        sink.samples());
  }

  private MetricFamilySamples lags() {
    CollectedSamples sink = new CollectedSamples();
    long now = clock.millis();
    tasks.forEach(
        (name, gauges) -> {
          if (gauges.watermarkMillis() != Long.MIN_VALUE) {
            sink.add(
                "pkgslo_event_time_lag_seconds",
                Names.TASK,
                labels(name),
                Math.max(0, now - gauges.watermarkMillis()) / MILLIS_PER_SECOND);
          }
        });
    return new MetricFamilySamples(
        "pkgslo_event_time_lag_seconds",
        Type.GAUGE,
        "Wall clock less the time up to which all is worked off.",
        sink.samples());
  }

  private MetricFamilySamples watermarks() {
    CollectedSamples sink = new CollectedSamples();
    tasks.forEach(
        (name, gauges) -> {
          if (gauges.watermarkMillis() != Long.MIN_VALUE) {
            sink.add(
                "pkgslo_event_time_watermark_seconds",
                Names.TASK,
                labels(name),
                gauges.watermarkMillis() / MILLIS_PER_SECOND);
          }
        });
    return new MetricFamilySamples(
        "pkgslo_event_time_watermark_seconds",
        Type.GAUGE,
        "Time up to which a task has worked off all that it gets.",
        sink.samples());
  }

  private MetricFamilySamples kept() {
    CollectedSamples sink = new CollectedSamples();
    tasks.forEach(
        (name, gauges) ->
            sink.add("pkgslo_state_entries", Names.TASK, labels(name), (double) gauges.kept()));
    return new MetricFamilySamples(
        "pkgslo_state_entries",
        Type.GAUGE,
        "Identities (trace), processes (process) or subjects (window) that a task holds.",
        sink.samples());
  }

  private MetricFamilySamples horizons() {
    CollectedSamples sink = new CollectedSamples();
    tasks.forEach(
        (name, gauges) -> {
          if (gauges.horizonSeconds() >= 0) {
            sink.add(
                "pkgslo_duplicate_horizon_seconds",
                Names.TASK,
                labels(name),
                (double) gauges.horizonSeconds());
          }
        });
    return new MetricFamilySamples(
        "pkgslo_duplicate_horizon_seconds",
        Type.GAUGE,
        "How long a duplicate is recognised at present.",
        sink.samples());
  }

  private static List<String> labels(TaskName name) {
    return List.of(STAGE, name.task(), Integer.toString(name.partition()));
  }
}
