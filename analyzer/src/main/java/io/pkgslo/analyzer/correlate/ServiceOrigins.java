// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.Origin;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Service and version alone of origins, one object per service and version, since nearly every span
 * asks for two of them. Equal values that are not the same object are right too: the cache is
 * emptied when it is full. Mutable, single-threaded.
 */
final class ServiceOrigins {
  private static final int LIMIT = 1 << 16;

  private final Map<Origin, Origin> known = new HashMap<>();

  /** What was asked for last, and its answer: calls within a service ask twice for one. */
  private @Nullable Origin lastOrigin;

  private Origin lastService = Origin.getDefaultInstance();

  Origin of(Origin origin) {
    if (!origin.equals(lastOrigin)) {
      lastService = lookedUp(origin);
      lastOrigin = origin;
    }
    return lastService;
  }

  private Origin lookedUp(Origin origin) {
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
