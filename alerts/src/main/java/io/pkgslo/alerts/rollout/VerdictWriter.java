// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.pkgslo.alerts.judge.Decision;
import io.pkgslo.alerts.judge.Evidence;
import io.pkgslo.alerts.judge.Example;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Progress;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Turns what was judged into records of pkgslo.verdicts. */
final class VerdictWriter {
  static final String VERDICTS_SINK = "verdicts";

  void write(
      ProcessorContext<String, byte[]> context,
      String service,
      ServiceMinute minute,
      ServiceRollouts.Update update,
      long timestamp) {
    RolloutView view = view(service, minute, update);
    context.forward(new Record<>(view.id(), bytes(view), timestamp), VERDICTS_SINK);
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

  private static RolloutView view(
      String service, ServiceMinute minute, ServiceRollouts.Update update) {
    RolloutState rollout = update.rollout();
    Decision decision = update.decision();
    return new RolloutView(
        rollout.id(),
        service,
        rollout.canary(),
        rollout.baseline(),
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
        Instant.ofEpochMilli(rollout.openedMillis()),
        Instant.ofEpochMilli(minute.startMillis() + ServiceMinute.LENGTH_MILLIS),
        instant(rollout.closedMillis()),
        null);
  }

  private static RolloutView.Claim claim(Evidence evidence) {
    return new RolloutView.Claim(
        evidence.key().goPackage(),
        evidence.key().sli().wireName(),
        evidence.canaryEvents(),
        evidence.canaryCalls(),
        evidence.baselineEvents(),
        evidence.baselineCalls(),
        evidence.logE(),
        evidence.logThreshold(),
        evidence.share(),
        evidence.phi());
  }

  private static RolloutView.Witness witness(Example example) {
    return new RolloutView.Witness(
        example.arm().wireName(), example.fingerprint(), example.stack(), example.traceId());
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
