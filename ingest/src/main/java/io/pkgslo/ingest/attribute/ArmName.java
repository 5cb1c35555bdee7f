// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.model.ArmText;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout compares, as one canonical text (reference: sli.md, Identities): the version, then
 * {@code +workload=}, {@code +hash=} and {@code +digest=} for what the resource has, in this order,
 * spelled as {@link ArmText} says. Example: {@code v1.5.0+workload=checkout+hash=5d9c7b6f4}.
 */
final class ArmName {
  private ArmName() {}

  static String of(AttributesView resource, String version, String digest) {
    String workload = workload(resource);
    StringBuilder arm = new StringBuilder(ArmText.escape(version));
    append(arm, "workload", workload);
    append(arm, "hash", templateHash(resource, workload));
    append(arm, "digest", digest);
    return arm.toString();
  }

  private static void append(StringBuilder arm, String part, String value) {
    if (!value.isEmpty()) {
      arm.append('+').append(part).append('=').append(ArmText.escape(BoundedName.of(value)));
    }
  }

  private static String workload(AttributesView resource) {
    for (Key key : new Key[] {Key.DEPLOYMENT, Key.ROLLOUT, Key.STATEFUL_SET, Key.DAEMON_SET}) {
      String name = Values.text(resource, key);
      if (!name.isEmpty()) {
        return name;
      }
    }
    return "";
  }

  /** By a label of the pod, else by the replica set, whose name is the workload's and the hash. */
  private static String templateHash(AttributesView resource, String workload) {
    for (Key key :
        new Key[] {
          Key.TEMPLATE_HASH, Key.TEMPLATE_HASH_OLD, Key.ROLLOUTS_HASH, Key.ROLLOUTS_HASH_OLD
        }) {
      String label = Values.text(resource, key);
      if (!label.isEmpty()) {
        return label;
      }
    }
    String hash = suffixOf(Values.text(resource, Key.REPLICA_SET), workload);
    return hash == null ? "" : hash;
  }

  private static @Nullable String suffixOf(String replicaSet, String workload) {
    String prefix = workload + "-";
    boolean named = !workload.isEmpty() && replicaSet.startsWith(prefix);
    return named && replicaSet.indexOf('-', prefix.length()) < 0
        ? replicaSet.substring(prefix.length())
        : null;
  }
}
