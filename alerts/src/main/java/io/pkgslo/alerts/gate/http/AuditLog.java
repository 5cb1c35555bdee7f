// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.http;

import io.pkgslo.alerts.gate.access.Refusal;
import java.time.Clock;
import org.jboss.logging.Logger;

/**
 * Refused requests: each is counted, and written to the log category {@code io.pkgslo.audit} as
 * long as there are few; who floods the service shall not flood the log. Thread-safe.
 */
final class AuditLog {
  private static final Logger AUDIT = Logger.getLogger("io.pkgslo.audit");
  private static final int LINES_PER_SECOND = 10;
  private static final int MAX_CHARS = 200;
  private static final long MILLIS_PER_SECOND = 1000;

  private final GateMeters meters;
  private final Clock clock;
  private long second;
  private int lines;
  private long withheld;

  AuditLog(GateMeters meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * @param caller name or address; never a token
   */
  void refused(Refusal reason, String caller, String method, String path) {
    meters.refused(reason);
    long before = admit();
    if (before >= 0) {
      AUDIT.warnf(
          "refused %s: %s %s from %s%s",
          reason.label(),
          printable(method),
          printable(path),
          printable(caller),
          before == 0 ? "" : "; " + before + " refusals before were not logged");
    }
  }

  /** Lines withheld since the last one, or -1 when this one is withheld too. */
  private synchronized long admit() {
    long now = clock.millis() / MILLIS_PER_SECOND;
    if (now != second) {
      second = now;
      lines = 0;
    }
    if (lines >= LINES_PER_SECOND) {
      withheld++;
      return -1;
    }
    lines++;
    long before = withheld;
    withheld = 0;
    return before;
  }

  /** A request must not be able to write lines of its own. */
  private static String printable(String text) {
    String line = text.replaceAll("[^\\x20-\\x7e]", "?");
    return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS) + "...";
  }
}
