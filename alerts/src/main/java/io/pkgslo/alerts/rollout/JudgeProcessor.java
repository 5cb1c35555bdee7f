// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SliBlock;
import io.pkgslo.model.wire.SliBucket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Judges the services of one partition. A minute is judged once, when every partition of the
 * analyzer says that it is closed; whatever comes for it later is counted and changes nothing.
 */
final class JudgeProcessor implements Processor<byte[], byte[], String, byte[]> {
  static final String PENDING_STORE = "pending-minutes";
  static final String SERVICES_STORE = "services";
  static final String PROGRESS_STORE = "progress";

  private static final Logger LOG = Logger.getLogger(JudgeProcessor.class);
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);
  private static final String NEXT_MINUTE = "next-minute";
  private static final int NOTHING = Integer.MIN_VALUE;

  private final ServiceRollouts rollouts;
  private final VerdictWriter writer;
  private final AtomicLong late;
  private final int partitions;
  private ProcessorContext<String, byte[]> context;
  private PendingMinutes pending;
  private KeyValueStore<String, byte[]> services;
  private KeyValueStore<String, Long> progress;
  private int upstreamPartitions = NOTHING;
  private long publishedThrough = Long.MIN_VALUE;

  /**
   * @param partitions of pkgslo.looks
   * @param late counts buckets whose minute was judged before they came
   */
  @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
  JudgeProcessor(Policy policy, int partitions, AtomicLong late) {
    this.rollouts = new ServiceRollouts(policy);
    this.writer = new VerdictWriter();
    this.partitions = partitions;
    this.late = late;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> newContext) {
    context = newContext;
    pending = new PendingMinutes(context.getStateStore(PENDING_STORE));
    services = context.getStateStore(SERVICES_STORE);
    progress = context.getStateStore(PROGRESS_STORE);
    context.schedule(PROGRESS_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> publishProgress(now));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    SliBlock block;
    try {
      block = SliBlock.parseFrom(record.value());
    } catch (InvalidProtocolBufferException e) {
      LOG.warnf("a block on pkgslo.looks cannot be read and is left out: %s", e.getMessage());
      return;
    }
    Long next = progress.get(NEXT_MINUTE);
    for (SliBucket bucket : block.getBucketList()) {
      if (next != null && bucket.getStartEpochMillis() < next) {
        late.incrementAndGet();
      } else {
        pending.add(bucket);
      }
    }
    block.getProgressList().forEach(this::advance);
    judgeComplete(record.timestamp());
  }

  private void advance(Progress entry) {
    upstreamPartitions = entry.getPartitions();
    String key = partitionKey(entry.getPartition());
    Long former = progress.get(key);
    if (former == null || former < entry.getThroughMillis()) {
      progress.put(key, entry.getThroughMillis());
    }
  }

  private static String partitionKey(int partition) {
    return "partition/" + partition;
  }

  /** Event time that every upstream partition has closed; null until all were heard of. */
  private @Nullable Long watermark() {
    if (upstreamPartitions == NOTHING) {
      return null;
    }
    long least = Long.MAX_VALUE;
    for (int partition = 0; partition < upstreamPartitions; partition++) {
      Long through = progress.get(partitionKey(partition));
      if (through == null) {
        return null;
      }
      least = Math.min(least, through);
    }
    return least;
  }

  private void judgeComplete(long timestamp) {
    Long watermark = watermark();
    if (watermark == null) {
      return;
    }
    Set<String> open = servicesWithOpenRollout();
    Long minute = nextMinute(watermark, !open.isEmpty());
    while (minute != null && minute + ServiceMinute.LENGTH_MILLIS <= watermark) {
      judge(minute, open, timestamp);
      progress.put(NEXT_MINUTE, minute + ServiceMinute.LENGTH_MILLIS);
      minute = nextMinute(watermark, !open.isEmpty());
    }
  }

  /** Minute by minute while a rollout is open; else straight to the next one that has data. */
  private @Nullable Long nextMinute(long watermark, boolean everyMinute) {
    Long next = progress.get(NEXT_MINUTE);
    return everyMinute && next != null && next < watermark ? next : pending.first();
  }

  private void judge(long startMillis, Set<String> open, long timestamp) {
    Map<String, ServiceMinute> minutes = pending.take(startMillis);
    Set<String> concerned = new TreeSet<>(open);
    concerned.addAll(minutes.keySet());
    for (String service : concerned) {
      ServiceMinute minute =
          minutes.getOrDefault(service, new ServiceMinute(service, startMillis, List.of()));
      ServiceRollouts.Step step = rollouts.next(state(service), minute);
      services.put(service, ServiceStateCodec.encode(step.state()));
      if (step.state().hasOpenRollout()) {
        open.add(service);
      } else {
        open.remove(service);
      }
      for (ServiceRollouts.Update update : step.updates()) {
        writer.write(context, service, minute, update, timestamp);
      }
    }
  }

  private ServiceState state(String service) {
    byte[] stored = services.get(service);
    return stored == null ? ServiceState.initial(service) : ServiceStateCodec.decode(stored);
  }

  private Set<String> servicesWithOpenRollout() {
    Set<String> open = new TreeSet<>();
    try (KeyValueIterator<String, byte[]> all = services.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        if (ServiceStateCodec.decode(entry.value).hasOpenRollout()) {
          open.add(entry.key);
        }
      }
    }
    return open;
  }

  private void publishProgress(long wallClockMillis) {
    Long watermark = watermark();
    if (watermark != null && watermark > publishedThrough) {
      publishedThrough = watermark;
      writer.writeProgress(
          context, context.taskId().partition(), partitions, watermark, wallClockMillis);
    }
  }
}
