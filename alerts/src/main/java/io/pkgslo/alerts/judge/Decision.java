// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A verdict with all that a person needs to believe it.
 *
 * @param verdict the answer
 * @param rule which rule gave it
 * @param reason in words, with the numbers; one line
 * @param asksForPerson whether a rollback waits for a person to approve or refuse it
 * @param goPackage the package that decided; absent where none did
 * @param logE natural log of the evidence of the claim that is nearest to its threshold, for a
 *     rejected claim as it was when it was rejected; 0 without claims
 * @param looks looks behind it
 * @param evidence per claim, sorted by key
 * @param examples stacks and traces of what decided
 */
public record Decision(
    Verdict verdict,
    Rule rule,
    String reason,
    boolean asksForPerson,
    @Nullable String goPackage,
    double logE,
    long looks,
    List<Evidence> evidence,
    List<Example> examples) {

  public Decision {
    evidence = List.copyOf(evidence);
    examples = List.copyOf(examples);
  }

  /** Whether the looks sufficed for an answer other than hold. */
  public boolean evidenceSufficient() {
    return verdict != Verdict.HOLD;
  }
}
