// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.Slo;
import java.math.BigDecimal;
import java.time.Duration;

/** Objectives for tests. */
final class TestSlos {
  private TestSlos() {}

  static Slo availability(String target, Duration period) {
    return new Slo(
        "checkout-" + target.replace('.', '-') + "-" + period.toDays() + "d",
        "Checkout {{ answers }}",
        Slo.Sli.AVAILABILITY,
        "shop/*",
        "github.com/acme/shop/*",
        new BigDecimal(target),
        period,
        null,
        BurnTier.defaultsFor(period),
        "https://runbooks.example.com/checkout?a=1&b=\"2\"");
  }
}
