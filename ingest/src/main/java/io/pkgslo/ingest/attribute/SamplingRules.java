// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.util.Map;

/**
 * What the user knows about sampling and the telemetry does not say.
 *
 * @param ratioByService share of the spans that a service keeps, over 0 to 1, by service
 * @param silenceIsUnknown whether a span without a word about sampling has an unknown weight; else
 *     it counts as one, as from the Go SDK's default sampler, which keeps everything and says
 *     nothing
 */
public record SamplingRules(Map<String, Double> ratioByService, boolean silenceIsUnknown) {
  /** Nothing is configured and silence means "not sampled". */
  public static final SamplingRules DEFAULT = new SamplingRules(Map.of(), false);

  public SamplingRules {
    ratioByService = Map.copyOf(ratioByService);
    ratioByService.forEach(
        (service, ratio) -> {
          if (!(ratio > 0 && ratio <= 1)) {
            throw new IllegalArgumentException(
                "sampling ratio of " + service + ": expected over 0 to 1, was " + ratio);
          }
        });
  }
}
