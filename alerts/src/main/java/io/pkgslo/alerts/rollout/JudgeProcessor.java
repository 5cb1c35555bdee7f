// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.ledger.LedgerStore;
import io.pkgslo.alerts.ledger.Question;
import io.pkgslo.alerts.ledger.SealedRecord;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.SliBlock;
import io.pkgslo.model.wire.SliBucket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Judges the services of one partition. A minute is judged once, when every partition of the
 * analyzer says that it is closed; whatever comes for it later is counted and changes nothing.
 * Orders and crashes in initialisation are judged when they come.
 */
final class JudgeProcessor implements Processor<byte[], byte[], String, byte[]> {
  static final String PENDING_STORE = "pending-minutes";
  static final String SERVICES_STORE = "services";
  static final String PROGRESS_STORE = "progress";
  static final String LEDGER_STORE = "ledger";
  static final String AA_STORE = "aa-checks";

  private static final Logger LOG = Logger.getLogger(JudgeProcessor.class);
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);

  private final RolloutRules rules;
  private final ServiceRollouts rollouts;
  private final JudgeCounters counters;
  private final VerdictWriter writer;
  private final int partitions;
  private ProcessorContext<String, byte[]> context;
  private PendingMinutes pending;
  private ServicesStore services;
  private WatermarkStore progress;
  private LedgerStore ledger;
  private AaCheckStore aaChecks;
  private long publishedThrough = Long.MIN_VALUE;

  /**
   * @param partitions of pkgslo.looks
   */
  @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
  JudgeProcessor(RolloutRules rules, int partitions, JudgeCounters counters) {
    this.rules = rules;
    this.rollouts = new ServiceRollouts(rules);
    this.writer = new VerdictWriter();
    this.partitions = partitions;
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> newContext) {
    context = newContext;
    pending = new PendingMinutes(context.getStateStore(PENDING_STORE));
    services = new ServicesStore(context.getStateStore(SERVICES_STORE));
    progress = new WatermarkStore(context.getStateStore(PROGRESS_STORE));
    ledger = new LedgerStore(context.getStateStore(LEDGER_STORE));
    aaChecks = new AaCheckStore(rules, context.getStateStore(AA_STORE), counters);
    context.schedule(PROGRESS_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> publishProgress(now));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    boolean isOrder =
        context.recordMetadata().map(meta -> meta.topic().equals(Topics.OVERRIDES)).orElse(false);
    if (isOrder) {
      obey(record);
    } else {
      read(record);
    }
  }

  private void obey(Record<byte[], byte[]> record) {
    Order order;
    try {
      order = OrderCodec.decode(record.value());
    } catch (IllegalArgumentException e) {
      counters.unreadableOrder();
      throw new UnreadableRecord("unreadable-order", "no order: " + e.getMessage(), e);
    }
    ServiceRollouts.Step step = rollouts.order(services.get(order.service()), order);
    if (step.updates().isEmpty()) {
      counters.unknownOrder();
      LOG.warnf(
          "order %s of %s about %s changes nothing: no such rollout",
          order.kind().wireName(), order.who(), order.service());
    }
    take(step, record.timestamp());
  }

  private void read(Record<byte[], byte[]> record) {
    SliBlock block = Blocks.read(record.value(), counters);
    for (SliBucket bucket : block.getBucketList()) {
      read(bucket, record.timestamp());
    }
    block.getProgressList().forEach(progress::advance);
    judgeComplete(record.timestamp());
  }

  private void read(SliBucket bucket, long timestamp) {
    Long next = progress.nextMinute();
    if (CrashRouterProcessor.isReport(bucket)) {
      take(
          rollouts.crash(services.get(bucket.getService()), bucket, bucket.getStartEpochMillis()),
          timestamp);
    } else if (next != null && bucket.getStartEpochMillis() < next) {
      counters.lateBucket();
      if (services.open().contains(bucket.getService())) {
        progress.late(bucket.getService());
      }
    } else {
      pending.add(bucket);
    }
  }

  private void judgeComplete(long timestamp) {
    Long watermark = progress.watermark();
    if (watermark == null) {
      return;
    }
    Long minute = nextMinute(watermark);
    while (minute != null && minute + ServiceMinute.LENGTH_MILLIS <= watermark) {
      judge(minute, timestamp);
      progress.judgedUntil(minute + ServiceMinute.LENGTH_MILLIS);
      minute = nextMinute(watermark);
    }
  }

  /** Minute by minute while a rollout is open; else straight to the next one that has data. */
  private @Nullable Long nextMinute(long watermark) {
    Long next = progress.nextMinute();
    return !services.open().isEmpty() && next != null && next < watermark ? next : pending.first();
  }

  private void judge(long startMillis, long timestamp) {
    Map<String, ServiceMinute> minutes = pending.take(startMillis);
    Set<String> concerned = new TreeSet<>(services.open());
    concerned.addAll(minutes.keySet());
    for (String service : concerned) {
      ServiceMinute minute =
          minutes.getOrDefault(service, new ServiceMinute(service, startMillis, List.of()));
      ServiceState before = services.get(service);
      take(rollouts.next(before, minute, progress.takeLate(service)), timestamp);
      aaChecks.next(before, minute);
    }
  }

  /** Stores, records and tells what one input changed; all of it in one transaction. */
  private void take(ServiceRollouts.Step step, long timestamp) {
    services.put(step.state());
    for (Update update : step.updates()) {
      RolloutState rollout = update.rollout();
      if (ledger.latestId(rollout.id()) == null) {
        counters.openedRollout();
      }
      ledger.judged(rollout.id(), update.look(), update.crashes());
      if (update.isRecorded() || ledger.isDue(rollout.id())) {
        writer.writeDecision(context, record(update), timestamp);
      }
      writer.write(
          context, step.state().service(), update, ledger.latestId(rollout.id()), timestamp);
    }
    step.forgotten().forEach(ledger::forget);
    step.untold().forEach(rollout -> writer.forget(context, rollout, timestamp));
  }

  private SealedRecord record(Update update) {
    RolloutState rollout = update.rollout();
    Question question =
        new Question(
            update.askedBy(),
            rollout.marker().runId(),
            TimeUnit.MILLISECONDS.toNanos(update.atMillis()),
            update.context());
    return ledger.record(
        rollout.id(),
        question,
        rollout.arms(),
        new LedgerStore.Rules(rollout.policy(), rollout.opening()),
        update.decision(),
        rollout.judge());
  }

  private void publishProgress(long wallClockMillis) {
    Long watermark = progress.watermark();
    if (watermark != null && watermark > publishedThrough) {
      publishedThrough = watermark;
      writer.writeProgress(
          context, context.taskId().partition(), partitions, watermark, wallClockMillis);
    }
  }
}
