// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

import java.util.List;

/**
 * Names of the topics between the stages. A name gets a version suffix when its schema breaks; a
 * field that is only added does not break it.
 */
public final class Topics {
  /** OTLP traces as a Collector's Kafka exporter writes them, any key, protobuf or JSON. */
  public static final String OTLP_SPANS = "otlp_spans";

  /** OTLP logs, likewise. */
  public static final String OTLP_LOGS = "otlp_logs";

  /** OTLP metrics, likewise. */
  public static final String OTLP_METRICS = "otlp_metrics";

  /** {@code SpanBlock}s of ingest, by trace. */
  public static final String SPANS = "pkgslo.spans";

  /** {@code LogBlock}s of ingest, by trace, co-partitioned with {@link #SPANS}. */
  public static final String LOGS = "pkgslo.logs";

  /** {@code ProcessBlock}s of ingest, by process. */
  public static final String PROCESS = "pkgslo.process";

  /** Panics that were settled per trace, by process, co-partitioned with {@link #PROCESS}. */
  public static final String PANICS = "pkgslo.panics";

  /** Pre-aggregated observations of the analyzer, by service and package. */
  public static final String OBSERVATIONS = "pkgslo.observations";

  /** Closed buckets per arm ({@code SliBlock}), by service and package. */
  public static final String SLIS = "pkgslo.slis";

  /** Present state of every subject ({@code SubjectState}), compacted. */
  public static final String SUBJECTS = "pkgslo.subjects";

  /** Objectives in force, compacted, one partition. */
  public static final String OBJECTIVES = "pkgslo.objectives";

  /** The last set of objective files that was valid, compacted, one partition. */
  public static final String OBJECTIVE_FILES = "pkgslo.objective-files";

  /** The looks of a rollout, by service: one owner judges all packages of a service. */
  public static final String LOOKS = "pkgslo.looks";

  /** Append-only ledger of decisions, by rollout. */
  public static final String DECISIONS = "pkgslo.decisions";

  /** Latest verdict of every rollout, compacted. */
  public static final String VERDICTS = "pkgslo.verdicts";

  /** What people and deployment tools say about rollouts and budgets, by service. */
  public static final String OVERRIDES = "pkgslo.overrides";

  /**
   * Notices of changed verdicts that no attempt delivered. Not a dead letter of a topic: there is
   * no record that could be put back.
   */
  public static final String UNDELIVERED = "pkgslo.undelivered";

  /** What was told of each rollout and what waits, compacted, partitioned as {@link #VERDICTS}. */
  public static final String TOLD = "pkgslo.told";

  private static final String DEAD_LETTER_SUFFIX = ".dlq";

  private Topics() {}

  /** The three topics that Go services feed, in the order spans, logs, metrics. */
  public static List<String> otlp() {
    return List.of(OTLP_SPANS, OTLP_LOGS, OTLP_METRICS);
  }

  /** The topic that keeps what could not be read from {@code topic}. */
  public static String deadLetterOf(String topic) {
    return topic + DEAD_LETTER_SUFFIX;
  }
}
