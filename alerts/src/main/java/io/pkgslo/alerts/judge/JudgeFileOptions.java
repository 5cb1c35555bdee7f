// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a file of looks is judged and what is written.
 *
 * @param policy the rules
 * @param weights parts of alpha, by {@code package:sli}, {@code package}, {@code sli} or {@code *},
 *     the most specific counts; claims without one share equally what is left. Empty: all claims of
 *     a rollout's first look share alpha equally by package
 * @param json JSON lines instead of CSV
 * @param finalOnly one line per rollout instead of the evidence after every look
 */
public record JudgeFileOptions(
    Policy policy, Map<String, Double> weights, boolean json, boolean finalOnly) {

  /** The service's rules, but all of alpha is shared out at the first look. */
  public static final JudgeFileOptions DEFAULT =
      new JudgeFileOptions(
          Policy.DEFAULT.toBuilder().laterFunding(Policy.LaterFunding.LENT).build(),
          Map.of(),
          false,
          false);

  public JudgeFileOptions {
    weights = Collections.unmodifiableMap(new TreeMap<>(weights));
  }

  /**
   * Reads weights from an option: a number for every claim ({@code 0.333}), or {@code name=number}
   * with commas between ({@code panics=0.5,github.com/acme/shop/cart:errors=0.1}).
   *
   * @throws IllegalArgumentException naming the part that is wrong
   */
  public static Map<String, Double> parseWeights(String text) {
    Map<String, Double> weights = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.lastIndexOf('=');
      String name = equals < 0 ? "*" : part.substring(0, equals).strip();
      double weight;
      try {
        weight = Double.parseDouble(part.substring(equals + 1).strip());
      } catch (NumberFormatException e) {
        weight = Double.NaN;
      }
      if (!(weight > 0 && weight <= 1) || name.isEmpty()) {
        throw new IllegalArgumentException(
            "weight \"" + part + "\", expected NUMBER or NAME=NUMBER with a number in (0, 1]");
      }
      weights.put(name, weight);
    }
    return weights;
  }
}
