// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

/**
 * How many subjects one partition keeps.
 *
 * @param total of all services
 * @param perService of one service
 * @param labelSets of one subject: series of an objective with labels, each of which has values of
 *     its own
 */
public record SubjectLimits(int total, int perService, int labelSets) {
  /** Enough for regions, tiers and the larger tenants. */
  public static final int LABEL_SETS = 100;

  /**
   * Hashing does not spread subjects evenly: a partition may hold a quarter more than its share.
   */
  private static final double SLACK = 1.25;

  public SubjectLimits {
    if (total < 1 || perService < 1 || labelSets < 1) {
      throw new IllegalArgumentException(
          "limits of subjects must be at least 1, were "
              + total
              + ", "
              + perService
              + " and "
              + labelSets);
    }
  }

  public SubjectLimits(int total, int perService) {
    this(total, perService, LABEL_SETS);
  }

  /** These limits with another one for the series of an objective with labels. */
  public SubjectLimits withLabelSets(int limit) {
    return new SubjectLimits(total, perService, limit);
  }

  /** The share of one of {@code partitions}. */
  public static SubjectLimits share(int total, int perService, int partitions) {
    double factor = partitions == 1 ? 1 : SLACK / partitions;
    return new SubjectLimits((int) Math.ceil(total * factor), (int) Math.ceil(perService * factor));
  }
}
