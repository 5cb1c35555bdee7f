// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.golang.stack.BlamePolicy;
import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is known of the code of the programs that are watched. Ingest attributes spans and log
 * records by it, the analyzer reads crashes by it, so it is set once: for ingest. The analyzer's
 * own settings are for one that runs without ingest's, and win.
 *
 * @param differences settings that the two have differently: one panic may then belong to one
 *     package on standard error and to another one in spans and log records
 */
public record CodeSettings(
    Map<String, String> mainPackages, BlamePolicy blame, List<String> differences) {
  private static final String OWN = "pkgslo.analyzer.correlate.";
  private static final String INGEST = "pkgslo.ingest.attribute.";

  public CodeSettings {
    mainPackages = Map.copyOf(mainPackages);
    differences = List.copyOf(differences);
  }

  /**
   * @param all where the settings of ingest may stand
   */
  public static CodeSettings of(AnalyzerConfig.Correlate own, SmallRyeConfig all) {
    List<String> differences = new ArrayList<>();
    Map<String, String> mains =
        shared(own.mainPackage(), "main-package", "main-packages", all, differences);
    Map<String, String> roots =
        shared(own.sourceRoots(), "source-roots", "source-roots", all, differences);
    BlamePolicy blame =
        BlamePolicy.DEFAULT
            .withHelpers(own.helpers().orElse(BlamePolicy.DEFAULT.helpers()))
            .withOwners(own.owners().orElse(List.of()))
            .withSourceRoots(roots);
    return new CodeSettings(mains, blame, differences);
  }

  private static Map<String, String> shared(
      Map<String, String> own,
      String ownName,
      String ingestName,
      SmallRyeConfig all,
      List<String> differences) {
    Map<String, String> ingests =
        all.getOptionalValues(INGEST + ingestName, String.class, String.class).orElse(Map.of());
    if (own.isEmpty()) {
      return ingests;
    }
    if (!own.equals(ingests)) {
      differences.add(
          OWN + ownName + " is " + own + " and " + INGEST + ingestName + " is " + ingests);
    }
    return own;
  }
}
