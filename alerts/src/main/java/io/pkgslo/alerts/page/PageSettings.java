// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.page;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How alerts are pushed.
 *
 * @param alertmanagers their addresses, without {@code /api/v2/alerts}; empty for no pushing
 * @param interval between two looks at the state
 * @param resend how often an alert that goes on is told again
 * @param resolvedFor how long it is told that an alert has ended
 * @param link where pkgslo answers, for links in alerts
 */
public record PageSettings(
    List<URI> alertmanagers, Duration interval, Duration resend, Duration resolvedFor, URI link) {
  public PageSettings {
    alertmanagers = List.copyOf(alertmanagers);
    if (interval.isNegative() || interval.isZero() || resend.compareTo(interval) < 0) {
      throw new IllegalArgumentException(
          "pkgslo.alerts.page: interval must be more than 0, and resend at least as long");
    }
  }

  /** How long an Alertmanager believes in an alert that nobody tells any more. */
  Duration validFor() {
    return resend.multipliedBy(4);
  }
}
