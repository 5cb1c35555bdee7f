// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.prometheus;

import io.pkgslo.alerts.gate.http.Reply;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers in the form of Prometheus' HTTP API. */
final class Answers {
  private static final BigDecimal MILLIS_PER_SECOND = BigDecimal.valueOf(1000);

  private Answers() {}

  static Reply data(Object data) {
    return Reply.ok(Map.of("status", "success", "data", data));
  }

  static Reply error(int status, String type, String message) {
    return Reply.of(status, Map.of("status", "error", "errorType", type, "error", message));
  }

  static Reply instant(Value value, long millis) {
    if (value instanceof Value.Scalar scalar) {
      return result("scalar", point(millis, scalar.number()));
    }
    List<Object> series = new ArrayList<>();
    for (Sample sample : ((Value.Vector) value).samples()) {
      series.add(Map.of("metric", sample.metric(), "value", point(millis, sample.value())));
    }
    return result("vector", series);
  }

  /**
   * @param timesMillis at which every series has its value
   */
  static Reply range(List<Sample> samples, List<Long> timesMillis) {
    List<Object> series = new ArrayList<>();
    for (Sample sample : samples) {
      List<Object> points = timesMillis.stream().map(t -> point(t, sample.value())).toList();
      if (!points.isEmpty()) {
        series.add(Map.of("metric", sample.metric(), "values", points));
      }
    }
    return result("matrix", series);
  }

  private static Reply result(String type, Object result) {
    return data(Map.of("resultType", type, "result", result));
  }

  private static Object point(long millis, double value) {
    return List.of(
        BigDecimal.valueOf(millis).divide(MILLIS_PER_SECOND),
        BigDecimal.valueOf(value).stripTrailingZeros().toPlainString());
  }
}
