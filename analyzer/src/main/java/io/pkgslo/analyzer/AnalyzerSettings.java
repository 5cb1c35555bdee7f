// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.analyzer.correlate.ProcessSettings;
import io.pkgslo.analyzer.correlate.TraceSettings;
import io.pkgslo.analyzer.sli.StageSettings;
import io.pkgslo.analyzer.sli.SubjectLimits;
import io.pkgslo.platform.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the service analyzer runs with.
 *
 * @param partitions of our topics, at least 1
 * @param streams how Kafka Streams works
 * @param traces bounds of a trace correlator
 * @param processes bounds of a process correlator
 * @param retention how far back windows reach at most
 * @param lateMinutes how long a closed minute per arm is corrected
 * @param maxSubjects of all services, over all partitions
 * @param maxSubjectsPerService of one service, likewise
 * @param maxLabelSets series that an objective with labels may have of one subject
 * @param maxObjectives of all services; those that come later count nothing
 * @param awaitObjectives how long the first start waits for objectives to stand on their topic
 */
public record AnalyzerSettings(
    KafkaSettings kafka,
    int partitions,
    StreamsSettings streams,
    TraceSettings traces,
    ProcessSettings processes,
    Duration retention,
    Duration lateMinutes,
    int maxSubjects,
    int maxSubjectsPerService,
    int maxLabelSets,
    int maxObjectives,
    Duration awaitObjectives) {
  /**
   * Event time after which a changed subject is written to its records. Until then a restart makes
   * it again from the blocks that changed it, so the more often it changes the longer is better.
   */
  private static final long STORE_AFTER_MILLIS = 60_000;

  public AnalyzerSettings {
    if (partitions < 1) {
      throw new IllegalArgumentException("pkgslo.partitions must be at least 1, was " + partitions);
    }
    if (traces.settleMillis() != processes.settleMillis()) {
      throw new IllegalArgumentException("traces and processes must have one settle delay");
    }
    if (maxObjectives < 1) {
      throw new IllegalArgumentException(
          "pkgslo.analyzer.max-objectives must be at least 1, was " + maxObjectives);
    }
    requirePositive("retention", retention);
    requirePositive("late-minutes", lateMinutes);
    if (awaitObjectives.isNegative()) {
      throw new IllegalArgumentException(
          "pkgslo.analyzer.await-objectives must not be negative, was " + awaitObjectives);
    }
  }

  /**
   * How Kafka Streams works.
   *
   * @param applicationId consumer group and prefix of internal topics; equal for all instances
   * @param directory for state that need not be read back after an orderly stop
   * @param threads stream threads of this instance
   * @param standbys copies of state on other instances
   * @param commitInterval at most this long until a fact is visible
   */
  public record StreamsSettings(
      String applicationId, Path directory, int threads, int standbys, Duration commitInterval) {
    public StreamsSettings {
      if (threads < 1 || standbys < 0) {
        throw new IllegalArgumentException(
            "pkgslo.analyzer.threads must be at least 1 and pkgslo.analyzer.standbys at least 0,"
                + " were "
                + threads
                + " and "
                + standbys);
      }
      requirePositive("commit-interval", commitInterval);
    }
  }

  /** Defaults of everything but where Kafka is and where state is kept. */
  public static AnalyzerSettings defaults(KafkaSettings kafka, int partitions, Path directory) {
    return new AnalyzerSettings(
        kafka,
        partitions,
        new StreamsSettings("pkgslo-analyzer", directory, 1, 0, Duration.ofMillis(100)),
        TraceSettings.defaults(),
        ProcessSettings.defaults(),
        Duration.ofDays(93),
        Duration.ofHours(1),
        100_000,
        50_000,
        SubjectLimits.LABEL_SETS,
        5_000,
        Duration.ofSeconds(30));
  }

  StageSettings windows(int partition) {
    return new StageSettings(
        partition,
        traces.settleMillis(),
        retention.toMillis(),
        lateMinutes.toMillis(),
        STORE_AFTER_MILLIS,
        SubjectLimits.share(maxSubjects, maxSubjectsPerService, partitions)
            .withLabelSets(maxLabelSets));
  }

  private static void requirePositive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "pkgslo.analyzer." + key + " must be positive, was " + value);
    }
  }
}
