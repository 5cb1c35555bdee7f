// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import org.jspecify.annotations.Nullable;

/**
 * An arm as ingest spells it, taken apart: {@code v1.5.0+workload=checkout+hash=5d9c7b6f4}. Absent
 * parts are unknown.
 */
record ArmParts(
    String version, @Nullable String workload, @Nullable String hash, @Nullable String digest) {

  static ArmParts parse(String arm) {
    String version = "";
    String workload = null;
    String hash = null;
    String digest = null;
    for (String part : arm.split("\\+", -1)) {
      if (part.startsWith("workload=")) {
        workload = unescape(part.substring("workload=".length()));
      } else if (part.startsWith("hash=")) {
        hash = unescape(part.substring("hash=".length()));
      } else if (part.startsWith("digest=")) {
        digest = unescape(part.substring("digest=".length()));
      } else if (version.isEmpty()) {
        version = unescape(part);
      }
    }
    return new ArmParts(version, workload, hash, digest);
  }

  private static String unescape(String part) {
    return part.replace("%2B", "+").replace("%25", "%");
  }
}
