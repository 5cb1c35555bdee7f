// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of the service analyzer, under {@code pkgslo.analyzer}. */
@ConfigMapping(prefix = "pkgslo.analyzer")
public interface AnalyzerConfig {
  /** Consumer group and prefix of internal topics; equal for all instances of one installation. */
  @WithDefault("pkgslo-analyzer")
  String applicationId();

  /** Where Kafka Streams keeps its files; one directory per instance. */
  @WithDefault("${java.io.tmpdir}/pkgslo/analyzer")
  Path stateDirectory();

  /** Stream threads; more than there are tasks (3 per partition) are of no use. */
  @WithDefault("1")
  int threads();

  /** Copies of the state that other instances keep, for a quick take-over. */
  @WithDefault("0")
  int standbys();

  /** Longest time until a fact is visible to others. */
  @WithDefault("100ms")
  Duration commitInterval();

  /** How long an item waits for its relatives before it counts. */
  @WithDefault("10s")
  Duration settleDelay();

  /** How far back windows reach at most; older items are dropped by reason. */
  @WithDefault("93d")
  Duration retention();

  /** How long after its end a closed minute is corrected and sent again. */
  @WithDefault("1h")
  Duration lateMinutes();

  /** How long the first start waits for objectives to stand on their topic. */
  @WithDefault("30s")
  Duration awaitObjectives();

  /** Subjects (service, version, package) that are kept; the rest counts as one. */
  @WithDefault("100000")
  int maxSubjects();

  /** Subjects of one service that are kept; the rest counts as one of that service. */
  @WithDefault("50000")
  int maxSubjectsPerService();

  /**
   * Series that an objective with labels may have of one subject; what has other values counts as
   * one.
   */
  @WithDefault("100")
  int maxLabelSets();

  /** Objectives that are counted for; those that come later count nothing. */
  @WithDefault("5000")
  int maxObjectives();

  /** Bounds of correlation. */
  Correlate correlate();

  /** Settings under {@code pkgslo.analyzer.correlate}. */
  interface Correlate {
    /** How long an identity is kept after it was last seen, in append time. */
    @WithDefault("10m")
    Duration duplicateHorizon();

    /** The longest span whose descendants are found. */
    @WithDefault("10m")
    Duration relativesHorizon();

    /** Identities of spans and of log records that one partition keeps. */
    @WithDefault("8000000")
    int maxIdentities();

    /** Spans that one partition keeps as relatives of later ones. */
    @WithDefault("2000000")
    int maxSpans();

    /** Spans and log records of one partition that wait for relatives. */
    @WithDefault("2000000")
    int maxWaiting();

    /** Processes that one partition keeps. */
    @WithDefault("100000")
    int maxProcesses();

    /** Lines, reports, inits and log records of one partition's processes that wait. */
    @WithDefault("1000000")
    int maxWaitingInProcesses();

    /** Share of the heap that the bounds above may fill; they are lowered to it. */
    @WithDefault("0.5")
    double heapShare();

    /** Import path of a service's package {@code main}, by service. Default: ingest's. */
    Map<String, String> mainPackage();

    /** Import path prefixes of own code, which is blamed first for a crash. Default: ingest's. */
    @WithDefault("${pkgslo.ingest.attribute.owners:}")
    Optional<List<String>> owners();

    /** Packages never to blame for a crash. Default: ingest's. */
    @WithDefault("${pkgslo.ingest.attribute.helpers:}")
    Optional<List<String>> helpers();

    /** Import path by build directory. Default: ingest's. */
    Map<String, String> sourceRoots();
  }
}
