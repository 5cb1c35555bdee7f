// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

/**
 * How many subjects one partition keeps.
 *
 * @param total of all services
 * @param perService of one service
 */
public record SubjectLimits(int total, int perService) {
  /**
   * Hashing does not spread subjects evenly: a partition may hold a quarter more than its share.
   */
  private static final double SLACK = 1.25;

  public SubjectLimits {
    if (total < 1 || perService < 1) {
      throw new IllegalArgumentException(
          "limits of subjects must be at least 1, were " + total + " and " + perService);
    }
  }

  /** The share of one of {@code partitions}. */
  public static SubjectLimits share(int total, int perService, int partitions) {
    double factor = partitions == 1 ? 1 : SLACK / partitions;
    return new SubjectLimits((int) Math.ceil(total * factor), (int) Math.ceil(perService * factor));
  }
}
