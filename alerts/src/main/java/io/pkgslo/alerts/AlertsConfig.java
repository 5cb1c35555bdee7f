// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the service alerts, under {@code pkgslo.alerts}. */
@ConfigMapping(prefix = "pkgslo.alerts")
public interface AlertsConfig {
  /** Consumer group and prefix of internal topics; equal for all instances of one installation. */
  @WithDefault("pkgslo-alerts")
  String applicationId();

  /** Where Kafka Streams keeps its files. */
  @WithDefault("${java.io.tmpdir}/pkgslo/alerts")
  Path stateDirectory();

  /** Longest time until a verdict is visible to others. */
  @WithDefault("100ms")
  Duration commitInterval();

  /**
   * Directory of OpenSLO files (or one file), whose objectives are published besides the defaults;
   * one with the id of a default replaces it. Absent: only the defaults.
   */
  Optional<Path> objectives();

  /** The rules of the judge; they count from the next rollout on. */
  Judge judge();

  /** Settings under {@code pkgslo.alerts.judge}. */
  interface Judge {
    /** Probability that an innocent release is ever rolled back, between 0 and 1. */
    @WithDefault("0.01")
    double alpha();

    /** Probability that a confidence bound ever excludes the true ratio, between 0 and 1. */
    @WithDefault("0.05")
    double beta();

    /** Ratio of rates, canary by baseline, up to which a canary is innocent. */
    @WithDefault("1")
    double delta();

    /** Ratio of rates that a promotion by proof rules out. */
    @WithDefault("2")
    double deltaMax();

    /** Canary calls from which on a release without adverse evidence may be promoted by policy. */
    @WithDefault("10000")
    double minCalls();

    /** Whether a release may be promoted without proof. */
    @WithDefault("true")
    boolean promoteByPolicy();
  }
}
