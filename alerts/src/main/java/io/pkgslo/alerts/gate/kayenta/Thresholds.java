// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.kayenta;

import com.fasterxml.jackson.databind.JsonNode;
import io.pkgslo.alerts.gate.http.BadAsk;
import io.pkgslo.alerts.judge.Verdict;

/**
 * Scores that a caller takes for a pass and for marginal. Hold must have a place between them and
 * rollback one below, so marginal is over 0 and below pass.
 */
record Thresholds(double pass, double marginal) {
  static final double BEST = 100;
  static final double WORST = 0;

  static Thresholds of(JsonNode json) {
    JsonNode pass = json.path("pass");
    JsonNode marginal = json.path("marginal");
    if (!pass.isNumber() || !marginal.isNumber()) {
      throw new BadAsk("expected the numbers pass and marginal");
    }
    return new Thresholds(pass.asDouble(), marginal.asDouble()).checked();
  }

  Thresholds checked() {
    if (!(marginal > WORST && marginal < pass && pass <= BEST)) {
      throw new BadAsk(
          "expected 0 < marginal < pass <= 100, found marginal " + marginal + " and pass " + pass);
    }
    return this;
  }

  double score(Verdict verdict) {
    return switch (verdict) {
      case PROMOTE -> BEST;
      case ROLLBACK -> WORST;
      case HOLD -> between();
    };
  }

  /** A whole number where there is one: Argo cuts the fraction off before it compares. */
  private double between() {
    double whole = Math.floor((pass + marginal) / 2);
    return whole >= marginal ? whole : (pass + marginal) / 2;
  }

  /** The words of Kayenta's own judge. */
  static String classification(Verdict verdict) {
    return switch (verdict) {
      case PROMOTE -> "Pass";
      case ROLLBACK -> "Fail";
      case HOLD -> "Marginal";
    };
  }
}
