// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import java.util.Map;

/** How many calls each version of a service had in one minute. */
record MinuteCalls(long startMillis, Map<String, Long> callsByVersion) {
  MinuteCalls {
    callsByVersion = Map.copyOf(callsByVersion);
  }
}
