// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

/**
 * How much events cluster on single pods: variance by mean of the counts per pod and minute. Bursts
 * are the main enemy of a count test, so counts are divided by it. Feed it with the baseline's
 * minutes only, and use {@link #phi} before the look's own minute is added: a phi that has seen the
 * look would be bent by it.
 *
 * <p>The variance is taken between the pods of one minute, where there are several, so that load
 * which swings for all pods alike does not count as clustering; with one pod it is that between
 * minutes.
 *
 * @param podMinutes pods summed over minutes
 * @param sum events
 * @param sumOfSquares sum over pods and minutes of the squared count
 * @param squaresWithin squared deviations from the minute's mean, summed
 * @param degreesWithin pods less one, summed over minutes
 */
public record Overdispersion(
    double podMinutes,
    double sum,
    double sumOfSquares,
    double squaresWithin,
    double degreesWithin) {

  /** Nothing seen: phi is 1. */
  public static final Overdispersion NONE = new Overdispersion(0, 0, 0, 0, 0);

  /**
   * One minute more.
   *
   * @param pods pods of the baseline that reported, &gt;= 0
   * @param events sum of their counts
   * @param squares sum of their squared counts
   */
  public Overdispersion plus(int pods, double events, double squares) {
    if (pods == 0) {
      return this;
    }
    double within = Math.max(0, squares - events * events / pods);
    return new Overdispersion(
        podMinutes + pods,
        sum + events,
        sumOfSquares + squares,
        squaresWithin + within,
        degreesWithin + pods - 1);
  }

  /** What both have seen; other minutes or other pods. */
  public Overdispersion plus(Overdispersion other) {
    return new Overdispersion(
        podMinutes + other.podMinutes,
        sum + other.sum,
        sumOfSquares + other.sumOfSquares,
        squaresWithin + other.squaresWithin,
        degreesWithin + other.degreesWithin);
  }

  /** The overdispersion, at least 1; 1 while too little is known. */
  public double phi() {
    if (sum <= 0 || podMinutes < 2) {
      return 1;
    }
    double mean = sum / podMinutes;
    double variance =
        degreesWithin > 0
            ? squaresWithin / degreesWithin
            : (sumOfSquares - sum * mean) / (podMinutes - 1);
    return Math.max(1, variance / mean);
  }
}
