// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Judges the rollouts of a file of looks, with the code that the service uses: for post-mortems,
 * and for anyone who wants to check our claims.
 *
 * <p>Rows may come in any order; about 60 bytes are held per row until the end of the file. What a
 * file does not say (pods, sampling, budgets) is not judged.
 */
public final class JudgeFile {

  private final JudgeFileOptions options;

  /** A judge of files with these options. */
  public JudgeFile(JudgeFileOptions options) {
    this.options = options;
  }

  /**
   * How many rollouts got which verdict.
   *
   * @param promote rollouts to promote
   * @param hold rollouts to hold
   * @param rollback rollouts to roll back
   */
  public record Summary(long promote, long hold, long rollback) {

    /**
     * The exit status of a command: that of the verdict for one rollout; 0 for several, which have
     * no verdict in common; that of hold for a file without looks.
     */
    public int exitCode() {
      if (promote + hold + rollback > 1) {
        return 0;
      }
      return rollback > 0
          ? Verdict.ROLLBACK.exitCode()
          : promote > 0 ? Verdict.PROMOTE.exitCode() : Verdict.HOLD.exitCode();
    }
  }

  /**
   * Reads looks and writes evidence and verdicts.
   *
   * @throws LookFileException if the file is wrong; nothing was written then
   * @throws IllegalArgumentException if the weights of one rollout sum to more than 1
   */
  public Summary judge(Reader in, Appendable out) throws IOException, LookFileException {
    Map<String, LookRows> rollouts = read(in);
    for (LookRows rows : rollouts.values()) {
      rows.requireNoDuplicates();
    }
    JudgeWriter writer = new JudgeWriter(out, options);
    writer.header();
    Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    for (Map.Entry<String, LookRows> rollout : rollouts.entrySet()) {
      Verdict verdict = judge(rollout.getKey(), rollout.getValue(), writer);
      verdicts.merge(verdict, 1L, Long::sum);
    }
    return new Summary(
        verdicts.getOrDefault(Verdict.PROMOTE, 0L),
        verdicts.getOrDefault(Verdict.HOLD, 0L),
        verdicts.getOrDefault(Verdict.ROLLBACK, 0L));
  }

  private static Map<String, LookRows> read(Reader in) throws IOException, LookFileException {
    LookReader reader = new LookReader(in);
    Map<String, LookRows> rollouts = new LinkedHashMap<>();
    for (LookRow row = reader.next(); row != null; row = reader.next()) {
      rollouts.computeIfAbsent(row.rollout(), name -> new LookRows()).add(row);
    }
    return rollouts;
  }

  private Verdict judge(String rollout, LookRows rows, JudgeWriter writer) throws IOException {
    List<Look> looks = rows.looks();
    RolloutJudge judge = new RolloutJudge(options.policy(), opening(rows, looks.get(0)));
    JudgeState state = judge.start();
    Decision decision = null;
    for (Look look : looks) {
      state = judge.next(state, look);
      if (!options.finalOnly()) {
        decision = judge.decide(state, Context.CLEAR);
        writer.afterLook(rollout, look.startEpochNanos(), decision);
      }
    }
    Decision last = decision == null ? judge.decide(state, Context.CLEAR) : decision;
    if (options.finalOnly()) {
      writer.atEnd(rollout, decidedAt(last, looks.get(looks.size() - 1)), last);
    }
    return last.verdict();
  }

  /** The look that decided a rollback; the last one otherwise. */
  private static long decidedAt(Decision decision, Look last) {
    Long first = null;
    for (Evidence evidence : decision.evidence()) {
      ClaimState.Rejection rejection = evidence.rejection();
      if (rejection != null && (first == null || rejection.startEpochNanos() < first)) {
        first = rejection.startEpochNanos();
      }
    }
    return first == null ? last.startEpochNanos() : first;
  }

  private Opening opening(LookRows rows, Look first) {
    List<SeriesKey> atOpening = first.series().stream().map(SeriesLook::key).toList();
    List<SeriesKey> series = options.weights().isEmpty() ? atOpening : rows.series();
    return new Opening(
        "canary",
        "baseline",
        Opening.Control.CONCURRENT,
        series,
        options.weights().isEmpty() ? Map.of() : shares(series),
        Map.of(),
        Map.of());
  }

  private Map<SeriesKey, Double> shares(List<SeriesKey> series) {
    TreeSet<SeriesKey> claims = new TreeSet<>();
    series.forEach(key -> claims.add(ClaimState.claimOf(key)));
    Map<SeriesKey, Double> shares = new TreeMap<>();
    List<SeriesKey> others = new ArrayList<>();
    double left = 1;
    for (SeriesKey claim : claims) {
      Double weight = weight(claim);
      if (weight == null) {
        others.add(claim);
      } else {
        shares.put(claim, weight);
        left -= weight;
      }
    }
    for (SeriesKey claim : others) {
      shares.put(claim, Math.max(0, left) / others.size());
    }
    return shares;
  }

  private @Nullable Double weight(SeriesKey claim) {
    String sli = claim.sli().wireName();
    for (String name : List.of(claim.goPackage() + ":" + sli, claim.goPackage(), sli, "*")) {
      Double weight = options.weights().get(name);
      if (weight != null) {
        return weight;
      }
    }
    return null;
  }
}
