// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is one side of a rollout: the arms that have every part that is named here. A version alone
 * is the usual case; workload, pod-template hash, digest and attributes tell arms apart that share
 * a version. At least one part is named.
 *
 * @param attributes values by the names of {@code pkgslo.ingest.arm-attributes}; an empty value
 *     stands for the absence of the attribute
 */
public record ArmSelector(
    @Nullable String version,
    @Nullable String workload,
    @Nullable String hash,
    @Nullable String digest,
    Map<String, String> attributes) {

  @SuppressWarnings("ConstantValue") // What an older release stored has no attributes.
  public ArmSelector {
    attributes =
        attributes == null
            ? Map.of()
            : Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    if (version == null
        && workload == null
        && hash == null
        && digest == null
        && attributes.isEmpty()) {
      throw new IllegalArgumentException(
          "an arm needs a version, a workload, a pod-template hash, a digest or an attribute");
    }
  }

  /** A side that no attribute tells. */
  public ArmSelector(
      @Nullable String version,
      @Nullable String workload,
      @Nullable String hash,
      @Nullable String digest) {
    this(version, workload, hash, digest, Map.of());
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
        && (digest == null || digest.equals(parts.digest()))
        && attributes.entrySet().stream().allMatch(one -> hasAttribute(parts, one));
  }

  private static boolean hasAttribute(ArmParts parts, Map.Entry<String, String> wanted) {
    return wanted.getValue().equals(parts.attributes().getOrDefault(wanted.getKey(), ""));
  }

  boolean isVersionOnly() {
    return workload == null && hash == null && digest == null && attributes.isEmpty();
  }

  /** Told by attributes alone, it has whatever version its traffic happens to be served by. */
  private boolean isAttributesOnly() {
    return version == null && workload == null && hash == null && digest == null;
  }

  /** Of two sides that an arm is on, it belongs to the one that names more. */
  boolean isMoreSpecificThan(ArmSelector other) {
    return named() > other.named();
  }

  private long named() {
    return Stream.of(version, workload, hash, digest).filter(Objects::nonNull).count()
        + attributes.size();
  }

  /** The side that {@code arm} is on, told by the same parts as this one, and by its version. */
  ArmSelector likewise(String arm) {
    ArmParts parts = ArmParts.parse(arm);
    Map<String, String> theirs = new TreeMap<>();
    attributes
        .keySet()
        .forEach(name -> theirs.put(name, parts.attributes().getOrDefault(name, "")));
    boolean attributesAlone = isAttributesOnly();
    return new ArmSelector(
        attributesAlone ? null : parts.version(),
        workload == null ? null : parts.workload(),
        hash == null ? null : parts.hash(),
        digest == null ? null : parts.digest(),
        theirs);
  }

  /** As a person names it: the version, and what else tells it apart. */
  String label() {
    List<String> parts = new ArrayList<>();
    add(parts, "workload ", workload);
    add(parts, "hash ", hash);
    add(parts, "digest ", digest);
    attributes.forEach(
        (name, value) -> parts.add(value.isEmpty() ? "without " + name : name + "=" + value));
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
