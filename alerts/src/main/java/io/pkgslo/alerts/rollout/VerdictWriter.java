// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.pkgslo.alerts.judge.ConfidenceBounds;
import io.pkgslo.alerts.judge.Decision;
import io.pkgslo.alerts.judge.Evidence;
import io.pkgslo.alerts.judge.Example;
import io.pkgslo.alerts.judge.PersonsWord;
import io.pkgslo.alerts.judge.Verdict;
import io.pkgslo.alerts.ledger.ArmFacts;
import io.pkgslo.alerts.ledger.SealedRecord;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Turns what was judged into records of pkgslo.verdicts and pkgslo.decisions. */
final class VerdictWriter {
  static final String VERDICTS_SINK = "verdicts";
  static final String DECISIONS_SINK = "decisions";

  private static final double MILLIS_PER_SECOND = 1000;

  void write(
      ProcessorContext<String, byte[]> context,
      String service,
      Update update,
      @Nullable String decisionId,
      long timestamp) {
    RolloutView view = view(service, update, decisionId);
    context.forward(new Record<>(view.id(), bytes(view), timestamp), VERDICTS_SINK);
  }

  void writeDecision(
      ProcessorContext<String, byte[]> context, SealedRecord sealed, long timestamp) {
    context.forward(
        new Record<>(
            sealed.record().rollout(), sealed.toJson().getBytes(StandardCharsets.UTF_8), timestamp),
        DECISIONS_SINK);
  }

  /** A rollout that is over for good is told no more; the ledger keeps it. */
  @SuppressWarnings("NullAway") // A null value is how a compacted topic forgets a key.
  void forget(ProcessorContext<String, byte[]> context, String rollout, long timestamp) {
    context.forward(new Record<>(rollout, null, timestamp), VERDICTS_SINK);
  }

  void writeProgress(
      ProcessorContext<String, byte[]> context,
      int partition,
      int partitions,
      long throughMillis,
      long timestamp) {
    Progress progress =
        Progress.newBuilder()
            .setTopic(Topics.LOOKS)
            .setPartition(partition)
            .setPartitions(partitions)
            .setThroughMillis(throughMillis)
            .build();
    context.forward(
        new Record<>(
            RolloutJson.PROGRESS_KEY_PREFIX + partition, progress.toByteArray(), timestamp),
        VERDICTS_SINK);
  }

  private static RolloutView view(String service, Update update, @Nullable String decisionId) {
    RolloutState rollout = update.rollout();
    Decision decision = update.decision();
    return new RolloutView(
        rollout.id(),
        service,
        rollout.canary().label(),
        rollout.baseline().label(),
        decision.verdict().wireName(),
        decision.verdict().code(),
        decision.rule().id(),
        decision.reason(),
        decision.goPackage(),
        decision.evidenceSufficient(),
        decision.asksForPerson(),
        decision.looks(),
        decision.logE(),
        decision.evidence().stream().map(VerdictWriter::claim).toList(),
        decision.examples().stream().map(VerdictWriter::witness).toList(),
        Instant.ofEpochMilli(rollout.course().openedMillis()),
        lookEnd(rollout.judge().lastLookEpochNanos()),
        instant(rollout.course().closedMillis()),
        decisionId,
        details(rollout));
  }

  private static RolloutDetails details(RolloutState rollout) {
    Outcome outcome = rollout.outcome();
    boolean rolledBack = outcome != null && outcome.verdict() == Verdict.ROLLBACK;
    Long recovered = outcome == null ? null : outcome.recoveredMillis();
    PersonsWord word = rollout.word();
    Map<String, Long> excluded = new TreeMap<>();
    rollout.judge().excluded().forEach((reason, n) -> excluded.put(reason.wireName(), n));
    return new RolloutDetails(
        rollout.opening().control().name().toLowerCase(Locale.ROOT),
        side(rollout.canary(), rollout.arms().canary()),
        side(rollout.baseline(), rollout.arms().baseline()),
        excluded,
        outcome == null ? null : Instant.ofEpochMilli(outcome.sinceMillis()),
        rolledBack ? recovered != null : null,
        outcome == null || recovered == null
            ? null
            : Math.max(0, recovered - outcome.sinceMillis()) / MILLIS_PER_SECOND,
        word == null
            ? null
            : new RolloutDetails.Word(
                word.answer().wireName(),
                word.who(),
                word.why(),
                Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(word.epochNanos()))));
  }

  private static RolloutDetails.Side side(ArmSelector selector, ArmFacts facts) {
    return new RolloutDetails.Side(
        selector.version(),
        facts.workload(),
        facts.podTemplateHash(),
        facts.digest(),
        facts.pods());
  }

  private static RolloutView.Claim claim(Evidence evidence) {
    ConfidenceBounds bounds = evidence.bounds();
    return new RolloutView.Claim(
        evidence.key().goPackage(),
        evidence.decisive().sli().wireName(),
        evidence.canaryEvents(),
        evidence.canaryCalls(),
        evidence.baselineEvents(),
        evidence.baselineCalls(),
        evidence.logE(),
        evidence.logThreshold(),
        evidence.share(),
        evidence.phi(),
        bounds == null ? null : bounds.lower(),
        bounds == null ? null : bounds.upper(),
        evidence.rejection() != null);
  }

  private static RolloutView.Witness witness(Example example) {
    return new RolloutView.Witness(
        example.arm().wireName(), example.fingerprint(), example.stack(), example.traceId());
  }

  private static @Nullable Instant lookEnd(@Nullable Long lookStartNanos) {
    return lookStartNanos == null
        ? null
        : Instant.ofEpochMilli(
            TimeUnit.NANOSECONDS.toMillis(lookStartNanos) + ServiceMinute.LENGTH_MILLIS);
  }

  private static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  private static byte[] bytes(RolloutView view) {
    try {
      return RolloutJson.mapper().writeValueAsBytes(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("rollout " + view.id() + " cannot be written", e);
    }
  }
}
