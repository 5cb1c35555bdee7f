// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.ingest.attribute.AttributeSettings;
import io.pkgslo.ingest.attribute.PackageRules;
import io.pkgslo.ingest.attribute.SamplingRules;
import io.pkgslo.ingest.attribute.SidecarRules;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.record.RecordSettings;
import java.util.List;
import java.util.Map;

/** Configuration to settings; the settings check themselves. */
public final class ConfiguredSettings {
  private ConfiguredSettings() {}

  /**
   * @param partitions of each topic of facts
   * @param host name of this host, for the transactional id
   * @throws IllegalArgumentException naming the setting, its value and what was expected
   */
  static IngestSettings of(IngestConfig config, int partitions, String host) {
    return new IngestSettings(
        record(config.record(), partitions, host),
        new DecodeLimits(config.decode().maxRecordBytes(), config.decode().maxDepth()),
        attribute(config));
  }

  private static RecordSettings record(
      IngestConfig.RecordGroup config, int partitions, String host) {
    return new RecordSettings(
        config.group(),
        config.transactionalId().orElse("pkgslo-ingest-" + host),
        config.workers(),
        partitions,
        config.progressInterval(),
        config.attempts());
  }

  /** What attribution is told; see {@link #of}. */
  public static AttributeSettings attribute(IngestConfig config) {
    IngestConfig.AttributeGroup group = config.attribute();
    return new AttributeSettings(
        new PackageRules(
            group.overrideAttributes(),
            group.modulePrefixes().orElse(List.of()),
            group.routes(),
            group.mainPackages()),
        blame(group),
        sidecars(group),
        sampling(config.sampling()),
        group.grpcErrors(),
        config.armAttributes().orElse(List.of()),
        group.allowedSkew());
  }

  private static SidecarRules sidecars(IngestConfig.AttributeGroup group) {
    Map<String, String> attributes = group.sidecarAttributes();
    return new SidecarRules(
        group.sidecarScopes().orElse(List.of()),
        attributes.isEmpty() ? SidecarRules.DEFAULT.attributes() : attributes);
  }

  private static BlamePolicy blame(IngestConfig.AttributeGroup group) {
    return BlamePolicy.DEFAULT
        .withHelpers(group.helpers().orElse(BlamePolicy.DEFAULT.helpers()))
        .withOwners(group.owners().orElse(List.of()))
        .withSourceRoots(group.sourceRoots());
  }

  private static SamplingRules sampling(IngestConfig.SamplingGroup group) {
    boolean unknown =
        switch (group.assume()) {
          case KEPT -> false;
          case UNKNOWN -> true;
        };
    return new SamplingRules(group.ratios(), unknown);
  }
}
