// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment tool says about a release.
 *
 * @param weight configured share of calls for the canary in [0, 1]; absent if unknown
 * @param steps shares that the canary gets one after the other, where the present one is not said
 * @param schemaMigration whether it carries a schema migration, so that nobody rolls it back
 *     blindly
 * @param fix whether it repairs what is burning the budget
 * @param digest of the canary's image, where the telemetry does not say it
 * @param runId the tool's own name of the deployment
 * @param forgiven what had been spent of the error budget when a person reset it; absent if nobody
 *     did
 */
public record Marker(
    @Nullable Double weight,
    List<Double> steps,
    boolean schemaMigration,
    boolean fix,
    @Nullable String digest,
    @Nullable String runId,
    @Nullable Forgiven forgiven) {

  /** Nobody said anything. */
  static final Marker NONE = new Marker(null, List.of(), false, false, null, null, null);

  public Marker {
    steps = List.copyOf(steps);
    requireShare("weight", weight);
    steps.forEach(step -> requireShare("a step", step));
  }

  private static void requireShare(String name, @Nullable Double share) {
    if (share != null && !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          name + " is " + share + ", expected a share of calls in [0, 1]");
    }
  }

  /**
   * A part of an error budget that counts as not spent. What was spent leaves the period by and by,
   * and nobody knows how it was spread over it: the credit shrinks as if it was spread evenly, so
   * that nothing is credited any more when none of it can be left in the period.
   *
   * @param ratio share of the budget that had been spent
   * @param atMillis when it was forgiven, epoch milliseconds
   * @param periodMillis of the budget, &gt; 0
   */
  public record Forgiven(double ratio, long atMillis, long periodMillis) {
    double at(long millis) {
      double left = 1 - (double) Math.max(0, millis - atMillis) / periodMillis;
      return ratio * Math.max(0, left);
    }
  }

  Marker withForgiven(Forgiven newForgiven) {
    return new Marker(weight, steps, schemaMigration, fix, digest, runId, newForgiven);
  }

  /** This marker, with what only the one before it said. */
  Marker after(Marker before) {
    return new Marker(
        weight,
        weight == null && steps.isEmpty() ? before.steps : steps,
        schemaMigration || before.schemaMigration,
        fix || before.fix,
        digest == null ? before.digest : digest,
        runId == null ? before.runId : runId,
        forgiven == null ? before.forgiven : forgiven);
  }

  /** The configured share, or the step that is nearest to the observed one; null if unknown. */
  @Nullable Double weightAt(double canaryCalls, double baselineCalls) {
    if (weight != null) {
      return weight;
    }
    double calls = canaryCalls + baselineCalls;
    Double nearest = null;
    for (Double step : steps) {
      if (calls > 0
          && (nearest == null
              || Math.abs(step - canaryCalls / calls) < Math.abs(nearest - canaryCalls / calls))) {
        nearest = step;
      }
    }
    return nearest;
  }
}
