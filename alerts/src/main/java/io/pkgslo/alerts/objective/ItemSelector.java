// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which items are events, which of them are bad, and by what they are told apart. Filters are texts
 * of {@link io.pkgslo.model.filter.Filter}.
 *
 * @param filter empty for all items
 * @param badFilter of {@link Slo.Sli#LOG} and {@link Slo.Sli#METRIC}; empty where a threshold says
 *     what is bad, or a counter of its own
 * @param metric counter or histogram of valid events; of logs the path whose number {@code above}
 *     limits; null for others
 * @param badMetric counter of bad events; null where there is none
 * @param above strictly greater is bad, without trailing zeros; null where filters say what is bad
 * @param labels at most {@link #MOST_LABELS}
 */
public record ItemSelector(
    String filter,
    String badFilter,
    @Nullable String metric,
    @Nullable String badMetric,
    @Nullable BigDecimal above,
    List<SeriesLabel> labels) {
  /** Labels of one objective. */
  public static final int MOST_LABELS = 4;

  /** Takes every item, and tells none apart. */
  public static final ItemSelector NONE = of("", List.of());

  public ItemSelector {
    labels = List.copyOf(labels);
    above = above == null ? null : above.stripTrailingZeros();
  }

  /** Of calls, whose SLI says what is bad. */
  public static ItemSelector of(String filter, List<SeriesLabel> labels) {
    return new ItemSelector(filter, "", null, null, null, labels);
  }

  /** Names of the labels, in their order. */
  public List<String> labelNames() {
    return labels.stream().map(SeriesLabel::name).toList();
  }
}
