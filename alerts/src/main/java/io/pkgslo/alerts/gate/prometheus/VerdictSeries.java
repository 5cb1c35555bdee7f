// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.prometheus;

import io.pkgslo.alerts.gate.ArmAnswer;
import io.pkgslo.alerts.gate.ArmQuestion;
import io.pkgslo.alerts.gate.RolloutAnswers;
import io.pkgslo.alerts.judge.Verdict;
import io.pkgslo.alerts.rollout.RolloutView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code rollout_*} series, with the verdict that every gate tells: hold when the data is
 * stale. A selector that names service and version gets one series, also for an arm that nobody has
 * seen: hold. An absent series would be a success to one tool and a failure to the next.
 */
final class VerdictSeries implements SeriesSource {
  static final String VERDICT = "rollout_verdict";
  static final String CODE = "rollout_verdict_code";
  static final String SUFFICIENT = "rollout_evidence_sufficient";
  static final String LOG_E = "rollout_evidence_log_e";

  private static final String SERVICE = "service";
  private static final String VERSION = "version";
  private static final String BASELINE = "baseline";

  private final RolloutAnswers answers;

  VerdictSeries(RolloutAnswers answers) {
    this.answers = answers;
  }

  @Override
  public Set<String> names() {
    return Set.of(VERDICT, CODE, SUFFICIENT, LOG_E);
  }

  @Override
  public List<Sample> select(Selector selector) {
    List<Sample> samples = new ArrayList<>();
    String service = selector.exact(SERVICE);
    String version = selector.exact(VERSION);
    if (service != null && version != null) {
      String baseline = selector.exact(BASELINE);
      ArmAnswer answer = answers.answer(new ArmQuestion(List.of(service), version, baseline));
      samples.addAll(samples(answer, labels(service, version, baseline, answer.rollout())));
    } else {
      for (RolloutView rollout : answers.openRollouts()) {
        ArmAnswer answer = ArmAnswer.of(rollout);
        samples.addAll(
            samples(answer, labels(rollout.service(), rollout.version(), null, rollout)));
      }
    }
    return samples.stream().filter(selector::accepts).toList();
  }

  private static Map<String, String> labels(
      String service, String version, @Nullable String baseline, @Nullable RolloutView rollout) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(SERVICE, service);
    labels.put(VERSION, version);
    if (rollout != null) {
      labels.put(BASELINE, rollout.baseline());
    } else if (baseline != null) {
      labels.put(BASELINE, baseline);
    }
    return labels;
  }

  private static List<Sample> samples(ArmAnswer answer, Map<String, String> labels) {
    RolloutView rollout = answer.rollout();
    List<Sample> samples = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      Map<String, String> withVerdict = new TreeMap<>(labels);
      withVerdict.put("verdict", verdict.wireName());
      samples.add(new Sample(VERDICT, withVerdict, verdict == answer.verdict() ? 1 : 0));
    }
    samples.add(new Sample(CODE, labels, answer.verdict().code()));
    boolean sufficient = rollout != null && rollout.evidenceSufficient();
    samples.add(new Sample(SUFFICIENT, labels, sufficient ? 1 : 0));
    double logE = rollout == null ? 0 : rollout.logE();
    samples.add(new Sample(LOG_E, labels, Double.isFinite(logE) ? logE : 0));
    return samples;
  }
}
