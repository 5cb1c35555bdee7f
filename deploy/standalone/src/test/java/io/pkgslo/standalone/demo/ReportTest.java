// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.standalone.demo.DemoReport.PackageRow;
import io.pkgslo.standalone.demo.DemoReport.VerdictRow;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final DemoReport REPORT =
      new DemoReport(
          List.of(
              new PackageRow(
                  "shop/checkout",
                  "v1.5.0",
                  "example.com/shop/pricing",
                  new BigDecimal("1234567"),
                  new BigDecimal("12.5"),
                  BigDecimal.ZERO,
                  7.128,
                  0.0123,
                  -0.5),
              new PackageRow(
                  "a",
                  "v1",
                  "std",
                  BigDecimal.ONE,
                  BigDecimal.ZERO,
                  BigDecimal.ZERO,
                  null,
                  2.5,
                  null),
              new PackageRow(
                  "a",
                  "v1",
                  "x/slow",
                  BigDecimal.ZERO,
                  BigDecimal.ZERO,
                  BigDecimal.ZERO,
                  null,
                  0.25,
                  1.0),
              new PackageRow(
                  "a",
                  "v1",
                  "x/unknown",
                  BigDecimal.ZERO,
                  BigDecimal.ZERO,
                  BigDecimal.ZERO,
                  null,
                  null,
                  null)),
          List.of(
              new VerdictRow(
                  "shop/checkout",
                  "v1.5.0",
                  "v1.4.0",
                  "rollback",
                  "example.com/shop/pricing",
                  "9 panics in 900 calls against 0 in 9,000",
                  "goroutine 7 [running]:\npanic()\nexample.com/shop/pricing.f()\n\t/x.go:1")));

  @Test
  void text_alignsColumnsAndNamesTheGuilty() {
    assertThat(ReportText.write(REPORT).lines())
        .containsExactly(
            "service        version  package                       calls  errors  panics"
                + "  per 10,000  init P95  budget left",
            "shop/checkout  v1.5.0   example.com/shop/pricing  1,234,567    12.5       0"
                + "        7.13   12.3 ms      -50.0 %",
            "a              v1       std                               1       0       0"
                + "           -    2.50 s            -",
            "and 2 without calls; slowest to initialise: x/slow in a v1, P95 250 ms",
            "",
            "ROLLBACK  shop/checkout v1.5.0 beside v1.4.0, because of example.com/shop/pricing",
            "9 panics in 900 calls against 0 in 9,000",
            "    goroutine 7 [running]:",
            "    ...",
            "    example.com/shop/pricing.f()",
            "    \t/x.go:1");
  }

  @Test
  void text_withoutRollout_saysSo() {
    assertThat(ReportText.write(new DemoReport(List.of(), List.of())))
        .endsWith("no rollout was seen: a single version per service, or no calls\n");
  }

  /** The names are a contract with whoever parses them. */
  @Test
  void json_hasEveryName_absentIsNull() {
    assertThat(ReportJson.write(REPORT))
        .isEqualTo(
            "{\"packages\":[{\"service\":\"shop/checkout\",\"version\":\"v1.5.0\",\"package\":"
                + "\"example.com/shop/pricing\",\"calls\":1234567,\"errors\":12.5,\"panics\":0,"
                + "\"panicsPer10k\":7.128,\"initP95Seconds\":0.0123,\"budgetRemaining\":-0.5},"
                + "{\"service\":\"a\",\"version\":\"v1\",\"package\":\"std\",\"calls\":1,"
                + "\"errors\":0,\"panics\":0,\"panicsPer10k\":null,\"initP95Seconds\":2.5,"
                + "\"budgetRemaining\":null},{\"service\":\"a\",\"version\":\"v1\",\"package\":"
                + "\"x/slow\",\"calls\":0,\"errors\":0,\"panics\":0,\"panicsPer10k\":null,"
                + "\"initP95Seconds\":0.25,\"budgetRemaining\":1.0},{\"service\":\"a\","
                + "\"version\":\"v1\",\"package\":\"x/unknown\",\"calls\":0,\"errors\":0,"
                + "\"panics\":0,\"panicsPer10k\":null,\"initP95Seconds\":null,"
                + "\"budgetRemaining\":null}],\"verdicts\":[{\"service\":\"shop/checkout\","
                + "\"version\":\"v1.5.0\",\"baseline\":\"v1.4.0\",\"verdict\":\"rollback\","
                + "\"package\":\"example.com/shop/pricing\",\"reason\":"
                + "\"9 panics in 900 calls against 0 in 9,000\"}]}");
  }
}
