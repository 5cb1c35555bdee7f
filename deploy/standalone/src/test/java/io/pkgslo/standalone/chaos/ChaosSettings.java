// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import java.time.Duration;
import java.util.Random;

/**
 * How much of everything.
 *
 * @param seed of telemetry and faults
 * @param duration of the telemetry under fire at least; it goes on until the last fault is over
 * @param scenesPerWave scenes in one wave, of which there is one every few seconds
 * @param backlogWaves waves that stand on the topics before anything reads them
 * @param faults how many things happen
 */
record ChaosSettings(
    long seed, Duration duration, int scenesPerWave, int backlogWaves, int faults) {
  private static final String SEED = "pkgslo.chaos.seed";
  static final String MINUTES = "pkgslo.chaos.minutes";
  private static final String STANDBYS = "pkgslo.chaos.standbys";
  private static final int FAULTS_PER_MINUTE = 5;

  /** The run of the gate, or with {@code pkgslo.chaos.minutes} one of that length. */
  static ChaosSettings configured() {
    Long given = Long.getLong(SEED);
    long seed = given == null ? new Random().nextLong() : given;
    int minutes = Integer.getInteger(MINUTES, 0);
    return minutes == 0
        ? new ChaosSettings(seed, Duration.ofSeconds(20), 60, 30, 4)
        : new ChaosSettings(
            seed, Duration.ofMinutes(minutes), 120, 60, minutes * FAULTS_PER_MINUTE);
  }

  /** Copies of an analyzer's state at others. */
  int standbys() {
    return Integer.getInteger(STANDBYS, 0);
  }

  @Override
  public String toString() {
    return String.format(
        "chaos: -D%s=%d, %d s, %d faults, %d standbys",
        SEED, seed, duration.toSeconds(), faults, standbys());
  }
}
