// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.demo;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Packages and verdicts at one moment. */
public record DemoReport(List<PackageRow> packages, List<VerdictRow> verdicts) {
  public DemoReport {
    packages = List.copyOf(packages);
    verdicts = List.copyOf(verdicts);
  }

  /**
   * One package of one version of one service.
   *
   * @param calls exact, adjusted for sampling; likewise errors and panics
   * @param panicsPer10k null without calls
   * @param initP95Seconds null without inits
   * @param budgetRemaining share of the error budget that is left, may be negative; null without
   *     data
   */
  public record PackageRow(
      String service,
      String version,
      String packageName,
      BigDecimal calls,
      BigDecimal errors,
      BigDecimal panics,
      @Nullable Double panicsPer10k,
      @Nullable Double initP95Seconds,
      @Nullable Double budgetRemaining) {}

  /**
   * One rollout.
   *
   * @param verdict {@code promote}, {@code hold} or {@code rollback}
   * @param packageName the package that decided; null where none did
   * @param reason a sentence with the counts
   * @param stack of an example in the canary; null where there is none
   */
  public record VerdictRow(
      String service,
      String version,
      String baseline,
      String verdict,
      @Nullable String packageName,
      String reason,
      @Nullable String stack) {}
}
