// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

/** Texts of objective files for tests. */
public final class TestFiles {
  private static final String AVAILABILITY =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: %s}
      spec:
        service: shop
        indicator:
          spec:
            ratioMetric:
              bad: &calls {metricSource: {type: pkgslo, spec: {sli: availability}}}
              total: *calls
        timeWindow: [{duration: 30d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{target: %s}]
      """;

  private TestFiles() {}

  /**
   * One objective for all API calls over 30 days.
   *
   * @param target whatever a file may have there, valid or not: line 13, column 25
   */
  public static String availability(String name, String target) {
    return AVAILABILITY.formatted(name, target);
  }
}
