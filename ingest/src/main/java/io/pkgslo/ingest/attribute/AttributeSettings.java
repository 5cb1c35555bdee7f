// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.ingest.decode.AttributeKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings of this stage.
 *
 * @param packages what the user says about packages
 * @param blame who may be blamed for a panic
 * @param sidecars which spans are a sidecar's
 * @param sampling what is known about sampling
 * @param grpcErrors gRPC codes that make a call an error when its status is unset
 * @param armAttributes attributes that tell arms of a rollout apart, besides what the resource says
 *     of versions and workloads; {@link io.pkgslo.model.ArmText#SCOPE_VERSION} is the version of a
 *     span's scope
 * @param allowedSkew how far ahead of the wall clock an item's time may be
 */
public record AttributeSettings(
    PackageRules packages,
    BlamePolicy blame,
    SidecarRules sidecars,
    SamplingRules sampling,
    List<String> grpcErrors,
    List<String> armAttributes,
    Duration allowedSkew) {
  private static final Duration DEFAULT_SKEW = Duration.ofMinutes(5);

  public static final AttributeSettings DEFAULT =
      new AttributeSettings(
          PackageRules.DEFAULT,
          BlamePolicy.DEFAULT,
          SidecarRules.DEFAULT,
          SamplingRules.DEFAULT,
          CallOutcome.DEFAULT_GRPC_ERRORS,
          List.of(),
          DEFAULT_SKEW);

  public AttributeSettings {
    grpcErrors = List.copyOf(grpcErrors);
    armAttributes = List.copyOf(armAttributes);
    if (armAttributes.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("armAttributes: expected names, was " + armAttributes);
    }
    if (allowedSkew.isNegative()) {
      throw new IllegalArgumentException("allowedSkew: expected 0 or more, was " + allowedSkew);
    }
  }

  /** The attribute keys that the decoders must know. */
  public AttributeKeys keys() {
    List<String> further = new ArrayList<>(packages.overrideAttributes());
    further.addAll(sidecars.attributes().keySet());
    further.addAll(armAttributes);
    return Key.table(further, !packages.routes().isEmpty());
  }
}
