// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rollout as the world sees it: the value of the topic pkgslo.verdicts and the answer of {@code
 * /api/v1/rollouts}.
 *
 * @param id stable for the life of the rollout, also when it is reopened
 * @param version the canary
 * @param verdict promote, hold or rollback
 * @param code 1, 0 or -1
 * @param rule which rule decided
 * @param reason in words, with the counts
 * @param goPackage the package that decided; absent where none did
 * @param looks minutes that were judged
 * @param logE natural logarithm of the strongest evidence against the canary
 * @param evaluatedThrough end of the last look; absent before the first
 * @param closedAt absent while it is open
 * @param decisionId the latest record in the ledger; absent before the first
 * @param details what is known of both sides, and what became of the verdict
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RolloutView(
    String id,
    String service,
    String version,
    String baseline,
    String verdict,
    int code,
    String rule,
    String reason,
    @JsonProperty("package") @Nullable String goPackage,
    boolean evidenceSufficient,
    boolean asksForPerson,
    long looks,
    double logE,
    List<Claim> evidence,
    List<Witness> examples,
    Instant openedAt,
    @Nullable Instant evaluatedThrough,
    @Nullable Instant closedAt,
    @Nullable String decisionId,
    @Nullable RolloutDetails details) {

  public RolloutView {
    evidence = List.copyOf(evidence);
    examples = List.copyOf(examples);
  }

  /** A rollout of which no details are known. */
  public RolloutView(
      String id,
      String service,
      String version,
      String baseline,
      String verdict,
      int code,
      String rule,
      String reason,
      @Nullable String goPackage,
      boolean evidenceSufficient,
      boolean asksForPerson,
      long looks,
      double logE,
      List<Claim> evidence,
      List<Witness> examples,
      Instant openedAt,
      @Nullable Instant evaluatedThrough,
      @Nullable Instant closedAt,
      @Nullable String decisionId) {
    this(
        id,
        service,
        version,
        baseline,
        verdict,
        code,
        rule,
        reason,
        goPackage,
        evidenceSufficient,
        asksForPerson,
        looks,
        logE,
        evidence,
        examples,
        openedAt,
        evaluatedThrough,
        closedAt,
        decisionId,
        null);
  }

  /** The same rollout with the answer hold, for a reason that is not in its looks. */
  public RolloutView held(String newRule, String newReason) {
    return new RolloutView(
        id,
        service,
        version,
        baseline,
        "hold",
        0,
        newRule,
        newReason,
        null,
        false,
        asksForPerson,
        looks,
        logE,
        evidence,
        examples,
        openedAt,
        evaluatedThrough,
        closedAt,
        decisionId,
        details);
  }

  /**
   * The evidence about one SLI of one package.
   *
   * @param ratioAtLeast bound of the ratio of rates, canary by baseline; absent for rank tests
   * @param ratioAtMost likewise; absent too while there is no upper bound
   * @param rejected this claim was rejected, now or before
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Claim(
      @JsonProperty("package") String goPackage,
      String sli,
      double canaryEvents,
      double canaryCalls,
      double baselineEvents,
      double baselineCalls,
      double logE,
      @Nullable Double logThreshold,
      double alphaShare,
      double phi,
      @Nullable Double ratioAtLeast,
      @Nullable Double ratioAtMost,
      boolean rejected) {
    /** A claim whose bounds are not known. */
    public Claim(
        String goPackage,
        String sli,
        double canaryEvents,
        double canaryCalls,
        double baselineEvents,
        double baselineCalls,
        double logE,
        @Nullable Double logThreshold,
        double alphaShare,
        double phi) {
      this(
          goPackage,
          sli,
          canaryEvents,
          canaryCalls,
          baselineEvents,
          baselineCalls,
          logE,
          logThreshold,
          alphaShare,
          phi,
          null,
          null,
          false);
    }
  }

  /** One event to start a search from. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Witness(
      String arm, @Nullable String fingerprint, @Nullable String stack, @Nullable String traceId) {}
}
