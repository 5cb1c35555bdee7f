// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.util.List;
import java.util.Objects;

/**
 * Where an item comes from: the service, its version and arm, and the process, as one resource says
 * it. Interned per resource, so stages behind may compare by identity first.
 *
 * @param service {@code service.namespace/service.name}; empty when the resource names none
 * @param version never empty; {@link #UNKNOWN_VERSION} when the resource has none
 * @param arm what a rollout compares, see {@link ArmName}
 * @param process canonical identity of the process, see {@link ProcessNames}
 * @param aliases the other identities that the resource supports, in falling precedence
 * @param startNanos start of the process in epoch nanoseconds; 0 when unknown
 * @param restart restart count of the container; 0 when unknown
 */
public record ProcessOrigin(
    String service,
    String version,
    String arm,
    String process,
    List<String> aliases,
    long startNanos,
    int restart) {
  /** Version of a resource that names none, as the reference spells it. */
  public static final String UNKNOWN_VERSION = "unknown";

  public ProcessOrigin {
    Objects.requireNonNull(service);
    Objects.requireNonNull(version);
    Objects.requireNonNull(arm);
    if (process.isEmpty()) {
      throw new IllegalArgumentException("process must not be empty");
    }
    aliases = List.copyOf(aliases);
  }

  ProcessOrigin withArm(String newArm) {
    return new ProcessOrigin(service, version, newArm, process, aliases, startNanos, restart);
  }

  /** Whether publishing the names of this process tells anyone anything. */
  public boolean namesSomething() {
    return !service.isEmpty() || !aliases.isEmpty();
  }
}
