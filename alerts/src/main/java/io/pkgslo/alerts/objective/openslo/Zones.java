// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Time zones by their names in the IANA database; offsets are none, since they know no summer. */
final class Zones {
  static final String EXPECTED = "a time zone such as Europe/Berlin or UTC";

  private static final Set<String> NAMES = ZoneId.getAvailableZoneIds();

  private Zones() {}

  /** Null when there is no zone of this name. */
  static @Nullable ZoneId named(String name) {
    return NAMES.contains(name) ? ZoneId.of(name) : null;
  }
}
