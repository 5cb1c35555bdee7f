// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.objective.Slo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the objectives say about a package that a rollout is judged by.
 *
 * @param slos all objectives in force
 */
public record RolloutObjectives(List<Slo> slos) {
  /** No objective at all: latencies are compared at the baseline's own quantiles. */
  public static final RolloutObjectives NONE = new RolloutObjectives(List.of());

  /**
   * A promise about init durations.
   *
   * @param target share of inits within the threshold, in (0, 1)
   */
  record InitPromise(double thresholdSeconds, double target) {}

  private static final double NANOS_PER_SECOND = 1e9;

  public RolloutObjectives {
    slos = List.copyOf(slos);
  }

  /** The strictest threshold of init durations; null without an objective. */
  @Nullable InitPromise inits(String service, String goPackage) {
    InitPromise strictest = null;
    for (Slo slo : matching(Slo.Sli.INIT_LATENCY, service, goPackage)) {
      Duration threshold = slo.threshold();
      double target = slo.target().doubleValue();
      if (threshold != null && target > 0) {
        double seconds = threshold.toNanos() / NANOS_PER_SECOND;
        if (strictest == null || seconds < strictest.thresholdSeconds()) {
          strictest = new InitPromise(seconds, target);
        }
      }
    }
    return strictest;
  }

  /** The thresholds of call durations. */
  List<Duration> latencies(String service, String goPackage) {
    List<Duration> thresholds = new ArrayList<>();
    for (Slo slo : matching(Slo.Sli.LATENCY, service, goPackage)) {
      if (slo.threshold() != null) {
        thresholds.add(slo.threshold());
      }
    }
    return thresholds;
  }

  private List<Slo> matching(Slo.Sli sli, String service, String goPackage) {
    return slos.stream()
        // What a filter leaves out would be judged by a threshold that was not meant for it.
        .filter(slo -> slo.sli() == sli && !slo.hasFilter())
        .filter(slo -> matches(slo.service(), service) && matches(slo.goPackage(), goPackage))
        .toList();
  }

  /** A glob over the whole value, in which {@code *} is any run of characters. */
  private static boolean matches(String glob, String value) {
    if (glob.isEmpty() || glob.equals("*")) {
      return true;
    }
    StringBuilder regex = new StringBuilder();
    for (String literal : glob.split("\\*", -1)) {
      regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(literal));
    }
    return Pattern.matches(regex.toString(), value);
  }
}
