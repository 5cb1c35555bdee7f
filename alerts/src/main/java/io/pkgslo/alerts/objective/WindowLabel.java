// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.time.Duration;

/** Durations as Prometheus writes them, in the largest unit that divides them: 5m, 6h, 30d. */
public final class WindowLabel {
  private WindowLabel() {}

  public static String of(Duration window) {
    long seconds = window.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
