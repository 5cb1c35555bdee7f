// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.Origin;
import java.util.HashMap;
import java.util.Map;

/**
 * Service and version alone of origins, one object per service and version, since nearly every span
 * asks for two of them. Equal values that are not the same object are right too: the cache is
 * emptied when it is full. Mutable, single-threaded.
 */
final class ServiceOrigins {
  private static final int LIMIT = 1 << 16;

  private final Map<Origin, Origin> known = new HashMap<>();

  Origin of(Origin origin) {
    Origin service = known.get(origin);
    if (service == null) {
      if (known.size() >= LIMIT) {
        known.clear();
      }
      service =
          Origin.newBuilder()
              .setService(origin.getService())
              .setVersion(origin.getVersion())
              .build();
      service = known.computeIfAbsent(service, s -> s);
      known.put(origin, service);
    }
    return service;
  }
}
