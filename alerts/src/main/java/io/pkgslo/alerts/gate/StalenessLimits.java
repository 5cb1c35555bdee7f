// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import java.time.Duration;

/**
 * How old an answer's basis may be.
 *
 * @param silence how long the analyzer may say nothing. It speaks every second while it lives, so
 *     this finds a dead one whatever its settle delay is
 * @param data age of what is counted; twice the settle delay and 2 s are normal
 * @param look age of the newest look that is judged; a minute more is normal
 */
public record StalenessLimits(Duration silence, Duration data, Duration look) {
  /** For the settle delay that the analyzer has without configuration, 10 s. */
  public static final StalenessLimits DEFAULT =
      new StalenessLimits(Duration.ofSeconds(20), Duration.ofSeconds(45), Duration.ofSeconds(120));

  public StalenessLimits {
    if (silence.toMillis() < 2_000) {
      throw new IllegalArgumentException(
          "pkgslo.alerts.gate.max-silence is " + silence + ", expected 2s or more");
    }
    if (data.compareTo(silence) < 0 || look.compareTo(data) < 0) {
      throw new IllegalArgumentException(
          "expected pkgslo.alerts.gate.max-silence <= max-data-age <= max-look-age, found "
              + silence
              + ", "
              + data
              + ", "
              + look);
    }
  }
}
