// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is true when the question is asked, beside the evidence. {@link #CLEAR} is the context in
 * which nothing stands against acting; the {@code with} methods change one thing.
 *
 * @param dataAgeSeconds age of the newest data, &gt;= 0
 * @param armsUnknown why the arms are not identified; absent if they are
 * @param sharedFailures series (or claims) in which the baseline is known to show the same failure
 * @param schemaMigration whether the deploy is marked as carrying a schema migration
 * @param coolDownSeconds what is left of a cool-down, 0 if none is active
 * @param rollbacksOfDigest how often the canary's digest was rolled back before
 * @param budget the error budget; absent if no objective is known
 * @param fix whether the release is marked as a fix
 * @param word what a person decided; absent if nobody did
 * @param previous the previous verdict of this rollout; absent before the first
 */
public record Context(
    double dataAgeSeconds,
    @Nullable String armsUnknown,
    List<SeriesKey> sharedFailures,
    boolean schemaMigration,
    double coolDownSeconds,
    int rollbacksOfDigest,
    @Nullable Budget budget,
    boolean fix,
    @Nullable PersonsWord word,
    @Nullable Verdict previous) {

  /** Fresh data, known arms, nothing against acting, no budget known. */
  public static final Context CLEAR =
      new Context(0, null, List.of(), false, 0, 0, null, false, null, null);

  public Context {
    if (!(dataAgeSeconds >= 0) || !(coolDownSeconds >= 0) || rollbacksOfDigest < 0) {
      throw new IllegalArgumentException("ages and counts of a context must be >= 0");
    }
    sharedFailures = List.copyOf(new TreeSet<>(sharedFailures));
  }

  /** The same with another age of the newest data. */
  public Context withDataAge(double seconds) {
    return new Context(
        seconds,
        armsUnknown,
        sharedFailures,
        schemaMigration,
        coolDownSeconds,
        rollbacksOfDigest,
        budget,
        fix,
        word,
        previous);
  }

  /** The same with arms that are not identified. */
  public Context withArmsUnknown(String why) {
    return new Context(
        dataAgeSeconds,
        why,
        sharedFailures,
        schemaMigration,
        coolDownSeconds,
        rollbacksOfDigest,
        budget,
        fix,
        word,
        previous);
  }

  /** The same with failures that the baseline shows too. */
  public Context withSharedFailures(List<SeriesKey> series) {
    return new Context(
        dataAgeSeconds,
        armsUnknown,
        series,
        schemaMigration,
        coolDownSeconds,
        rollbacksOfDigest,
        budget,
        fix,
        word,
        previous);
  }

  /** The same with what the deploy marker and the ledger say. */
  public Context withDeploy(boolean migration, double coolDown, int rollbacks, boolean isFix) {
    return new Context(
        dataAgeSeconds,
        armsUnknown,
        sharedFailures,
        migration,
        coolDown,
        rollbacks,
        budget,
        isFix,
        word,
        previous);
  }

  /** The same with an error budget. */
  public Context withBudget(Budget newBudget) {
    return new Context(
        dataAgeSeconds,
        armsUnknown,
        sharedFailures,
        schemaMigration,
        coolDownSeconds,
        rollbacksOfDigest,
        newBudget,
        fix,
        word,
        previous);
  }

  /** The same with a person's word. */
  public Context withWord(PersonsWord newWord) {
    return new Context(
        dataAgeSeconds,
        armsUnknown,
        sharedFailures,
        schemaMigration,
        coolDownSeconds,
        rollbacksOfDigest,
        budget,
        fix,
        newWord,
        previous);
  }

  /** The same with a previous verdict. */
  public Context withPrevious(Verdict verdict) {
    return new Context(
        dataAgeSeconds,
        armsUnknown,
        sharedFailures,
        schemaMigration,
        coolDownSeconds,
        rollbacksOfDigest,
        budget,
        fix,
        word,
        verdict);
  }
}
