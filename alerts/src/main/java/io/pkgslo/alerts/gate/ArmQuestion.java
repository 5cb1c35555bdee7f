// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which release a tool asks about.
 *
 * @param services names that the service may have, at least one; tools that know a namespace and a
 *     name cannot tell which of them the telemetry says
 * @param version the canary, by its version, pod-template hash or image digest; absent when the
 *     tool does not know it, then the newest open rollout is meant
 * @param baseline absent for any
 */
public record ArmQuestion(
    List<String> services, @Nullable String version, @Nullable String baseline) {
  private static final char SEPARATOR = '/';

  public ArmQuestion {
    services = List.copyOf(services);
    if (services.isEmpty()) {
      throw new IllegalArgumentException("expected the name of a service");
    }
  }

  /** About one version of a service whose name is known. */
  public static ArmQuestion of(String service, String version) {
    return new ArmQuestion(List.of(service), version, null);
  }

  /** About a workload of a namespace; either may be the whole name of the service. */
  public static ArmQuestion ofWorkload(
      @Nullable String namespace, String name, @Nullable String version) {
    List<String> services = new ArrayList<>();
    if (namespace != null && !namespace.isEmpty()) {
      services.add(namespace + SEPARATOR + name);
    }
    services.add(name);
    return new ArmQuestion(services, version, null);
  }

  /** For a sentence: the longest name, with the version where it is known. */
  public String words() {
    return version == null ? services.get(0) : version + " of " + services.get(0);
  }
}
