// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import java.time.Instant;
import java.util.Map;

/**
 * An event of CDEvents. The version of the specification has another name since 0.5, which defines
 * incident.detected.0.3.0; custom types are still defined with the name of 0.4.
 *
 * @param id unique; the same for every attempt
 * @param subject with id, source, content
 */
record CdEvent(String id, String type, String source, Instant time, Map<String, Object> subject) {
  private static final String CUSTOM = "dev.cdeventsx.";

  /** Structured mode of CloudEvents 1.0. */
  Map<String, Object> cloudEvent() {
    Map<String, Object> context =
        Map.of(
            type.startsWith(CUSTOM) ? "version" : "specversion",
            type.startsWith(CUSTOM) ? "0.4.1" : "0.5.0",
            "id",
            id,
            "source",
            source,
            "type",
            type,
            "timestamp",
            time.toString());
    return Map.of(
        "specversion",
        "1.0",
        "id",
        id,
        "source",
        source,
        "type",
        type,
        "time",
        time.toString(),
        "subject",
        subject.getOrDefault("id", id),
        "datacontenttype",
        "application/json",
        "data",
        Map.of("context", context, "subject", subject));
  }
}
