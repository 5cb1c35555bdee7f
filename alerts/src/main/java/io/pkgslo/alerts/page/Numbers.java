// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.page;

import io.pkgslo.alerts.rule.SubjectNumbers;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.SloState;
import io.pkgslo.model.wire.SubjectState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the analyzer says of a subject, as alerts want it. */
final class Numbers {
  private Numbers() {}

  static SubjectNumbers of(SubjectState subject, SloState slo, @Nullable String newestVersion) {
    Map<String, Double> burnRates = new HashMap<>();
    slo.getBurnRateList().forEach(rate -> burnRates.put(rate.getWindow(), rate.getBurnRate()));
    Map<String, String> labels = new HashMap<>();
    labels.put("slo", slo.getSlo());
    labels.put("service", subject.getService());
    labels.put("version", subject.getVersion());
    labels.put("package", subject.getPackage());
    for (int i = 0; i < slo.getLabelNameCount(); i++) {
      labels.put(slo.getLabelName(i), slo.getLabelValue(i));
    }
    return new SubjectNumbers(
        labels,
        FixedPoint.toDouble(slo.getValid()),
        FixedPoint.toDouble(slo.getBad()),
        burnRates,
        slo.hasBudgetRemaining() ? 1 - slo.getBudgetRemaining() : null,
        slo.hasSecondsToExhaustion() ? slo.getSecondsToExhaustion() : null,
        newestVersion);
  }
}
