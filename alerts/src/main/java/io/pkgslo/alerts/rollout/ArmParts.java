// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.model.ArmText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An arm as ingest spells it, taken apart: {@code v1.5.0+workload=checkout+hash=5d9c7b6f4}. Absent
 * parts are unknown.
 *
 * @param attributes that the user's policy names; those that it has
 */
record ArmParts(
    String version,
    @Nullable String workload,
    @Nullable String hash,
    @Nullable String digest,
    Map<String, String> attributes) {

  ArmParts {
    attributes = Map.copyOf(attributes);
  }

  static ArmParts parse(String arm) {
    String[] parts = arm.split("\\+", -1);
    String workload = null;
    String hash = null;
    String digest = null;
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i];
      if (part.startsWith("workload=")) {
        workload = ArmText.unescape(part.substring("workload=".length()));
      } else if (part.startsWith("hash=")) {
        hash = ArmText.unescape(part.substring("hash=".length()));
      } else if (part.startsWith("digest=")) {
        digest = ArmText.unescape(part.substring("digest=".length()));
      }
    }
    return new ArmParts(
        ArmText.unescape(parts[0]), workload, hash, digest, ArmText.attributes(arm));
  }
}
