// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import java.time.Instant;

/**
 * What the receivers know of a rollout: kept, so that a restart forgets neither what was told nor
 * what waits.
 *
 * @param verdict that they were told last
 * @param at when that was
 * @param waiting whether the verdict is another one by now, and is to be told if it lasts
 */
record Told(String service, String verdict, Instant at, boolean waiting) {

  Told thenWaiting() {
    return new Told(service, verdict, at, true);
  }
}
