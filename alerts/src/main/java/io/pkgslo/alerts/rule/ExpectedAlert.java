// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One alert of one subject, played minute by minute as Prometheus evaluates it.
 *
 * @param subject labels that the expression has
 * @param value of the expression at a minute; null when it holds not
 * @param facts what the alert's text is filled from, for a minute and its value
 */
record ExpectedAlert(
    AlertRule rule,
    Map<String, String> subject,
    IntFunction<@Nullable Double> value,
    FactsAt facts) {

  /** Looks up what is true at a minute. */
  interface FactsAt {
    AlertFacts at(int minute, double value);
  }

  /** The alert as it is firing at {@code minute}; null when it is not. */
  PromtoolTest.@Nullable Alert at(int minute) {
    int holdFor = minutes(rule.holdFor());
    int keepFor = minutes(rule.keepFiringFor());
    int since = -1;
    int lastTrue = -1;
    boolean firing = false;
    for (int m = 0; m <= minute; m++) {
      if (value.apply(m) != null) {
        since = since < 0 ? m : since;
        lastTrue = m;
        firing |= m - since >= holdFor;
      } else if (!firing || m - (lastTrue + 1) >= keepFor) {
        firing = false;
        since = -1;
      }
    }
    return firing ? render(lastTrue) : null;
  }

  private PromtoolTest.Alert render(int minute) {
    Map<String, String> labels = new LinkedHashMap<>(rule.labels());
    labels.putAll(subject);
    AlertFacts known = facts.at(minute, Objects.requireNonNull(value.apply(minute)));
    Map<String, String> annotations = new LinkedHashMap<>();
    rule.annotations().forEach((name, text) -> annotations.put(name, text.render(known)));
    return new PromtoolTest.Alert(labels, annotations);
  }

  private static int minutes(@Nullable String duration) {
    return duration == null ? 0 : (int) PromDuration.parse(duration).toMinutes();
  }
}
