// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which processes are one side of a rollout: those that have every part that is named here. A
 * version alone is the usual case; workload, pod-template hash and digest tell arms apart that
 * share a version. At least one part is named.
 */
public record ArmSelector(
    @Nullable String version,
    @Nullable String workload,
    @Nullable String hash,
    @Nullable String digest) {

  public ArmSelector {
    if (version == null && workload == null && hash == null && digest == null) {
      throw new IllegalArgumentException(
          "an arm needs a version, a workload, a pod-template hash or a digest");
    }
  }

  /** All processes of a version. */
  public static ArmSelector ofVersion(String version) {
    return new ArmSelector(version, null, null, null);
  }

  boolean matches(SliBucket bucket) {
    if (version != null && !version.equals(bucket.getVersion())) {
      return false;
    }
    return isVersionOnly() || matchesParts(ArmParts.parse(bucket.getArm()));
  }

  /** Whether an arm, as ingest spells it, belongs to this side. */
  boolean matches(String arm) {
    ArmParts parts = ArmParts.parse(arm);
    return (version == null || version.equals(parts.version())) && matchesParts(parts);
  }

  private boolean matchesParts(ArmParts parts) {
    return (workload == null || workload.equals(parts.workload()))
        && (hash == null || hash.equals(parts.hash()))
        && (digest == null || digest.equals(parts.digest()));
  }

  boolean isVersionOnly() {
    return workload == null && hash == null && digest == null;
  }

  /** The side that {@code arm} is on, told by the same parts as this one, and by its version. */
  ArmSelector likewise(String arm) {
    ArmParts parts = ArmParts.parse(arm);
    return new ArmSelector(
        parts.version(),
        workload == null ? null : parts.workload(),
        hash == null ? null : parts.hash(),
        digest == null ? null : parts.digest());
  }

  /** As a person names it: the version, and what else tells it apart. */
  String label() {
    List<String> parts = new ArrayList<>();
    add(parts, "workload ", workload);
    add(parts, "hash ", hash);
    add(parts, "digest ", digest);
    String rest = String.join(", ", parts);
    if (version == null) {
      return rest;
    }
    return rest.isEmpty() ? version : version + " (" + rest + ")";
  }

  private static void add(List<String> parts, String name, @Nullable String value) {
    if (value != null) {
      parts.add(name + value);
    }
  }
}
