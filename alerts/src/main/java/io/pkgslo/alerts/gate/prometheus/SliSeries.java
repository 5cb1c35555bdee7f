// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.prometheus;

import io.pkgslo.alerts.gate.RolloutAnswers;
import io.pkgslo.alerts.gate.StateView;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.BurnRate;
import io.pkgslo.model.wire.SloState;
import io.pkgslo.model.wire.SubjectState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The series of packages and objectives under the names of the exposition, summed over kind and
 * status. None while the data is stale, and none without data: a ratio of nothing is no number.
 */
final class SliSeries implements SeriesSource {
  private static final Set<String> NAMES =
      Set.of(
          "go_package_calls_total",
          "go_package_errors_total",
          "go_package_panics_total",
          "go_package_panic_episodes_total",
          "go_package_inits_total",
          "go_package_init_failures_total",
          "go_package_api_calls_total",
          "go_package_api_errors_total",
          "go_package_panic_rate_per_10k_calls",
          "go_package_init_latency_p95_seconds",
          "slo_valid_events_total",
          "slo_bad_events_total",
          "slo_burn_rate",
          "slo_error_budget_consumed_ratio",
          "slo_error_budget_remaining_ratio",
          "slo_time_to_exhaustion_seconds",
          "slo_no_data",
          "slo_degraded");

  private final StateView view;
  private final RolloutAnswers answers;

  SliSeries(StateView view, RolloutAnswers answers) {
    this.view = view;
    this.answers = answers;
  }

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public List<Sample> select(Selector selector) {
    if (answers.staleReason() != null) {
      return List.of();
    }
    String service = selector.exact("service");
    Found found = new Found(selector);
    for (SubjectState subject : view.subjectsUnsorted()) {
      if (service == null || service.equals(subject.getService())) {
        counts(subject, found);
        subject.getSloList().forEach(slo -> objective(subject, slo, found));
      }
    }
    return found.samples;
  }

  private static void counts(SubjectState subject, Found found) {
    Map<String, String> labels = labels(subject);
    found.add("go_package_calls_total", labels, items(subject.getCalls()));
    found.add("go_package_errors_total", labels, items(subject.getErrors()));
    found.add("go_package_panics_total", labels, items(subject.getPanics()));
    found.add("go_package_panic_episodes_total", labels, (double) subject.getPanicEpisodes());
    found.add("go_package_inits_total", labels, (double) subject.getInits());
    found.add("go_package_init_failures_total", labels, (double) subject.getInitFailures());
    found.add("go_package_api_calls_total", labels, items(subject.getApiCalls()));
    found.add("go_package_api_errors_total", labels, items(subject.getApiErrors()));
    if (subject.hasPanicsPer10KCalls()) {
      found.add("go_package_panic_rate_per_10k_calls", labels, subject.getPanicsPer10KCalls());
    }
    if (subject.hasInitP95Seconds()) {
      found.add("go_package_init_latency_p95_seconds", labels, subject.getInitP95Seconds());
    }
  }

  private static void objective(SubjectState subject, SloState slo, Found found) {
    Map<String, String> labels = labels(subject);
    labels.put("slo", slo.getSlo());
    for (int i = 0; i < slo.getLabelNameCount(); i++) {
      labels.put(slo.getLabelName(i), slo.getLabelValue(i));
    }
    found.add("slo_valid_events_total", labels, items(slo.getValid()));
    found.add("slo_bad_events_total", labels, items(slo.getBad()));
    found.add("slo_no_data", labels, slo.getValid() == 0 && slo.getBad() == 0 ? 1 : 0);
    found.add("slo_degraded", labels, slo.getDegraded() ? 1 : 0);
    if (slo.hasBudgetRemaining()) {
      found.add("slo_error_budget_remaining_ratio", labels, slo.getBudgetRemaining());
      found.add("slo_error_budget_consumed_ratio", labels, 1 - slo.getBudgetRemaining());
    }
    if (slo.hasSecondsToExhaustion()) {
      found.add("slo_time_to_exhaustion_seconds", labels, slo.getSecondsToExhaustion());
    }
    for (BurnRate rate : slo.getBurnRateList()) {
      Map<String, String> withWindow = new TreeMap<>(labels);
      withWindow.put("window", rate.getWindow());
      found.add("slo_burn_rate", withWindow, rate.getBurnRate());
    }
  }

  private static Map<String, String> labels(SubjectState subject) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("service", subject.getService());
    labels.put("version", subject.getVersion());
    labels.put("package", subject.getPackage());
    return labels;
  }

  private static double items(long units) {
    return (double) units / FixedPoint.ONE;
  }

  /** Mutable: what a selector selected so far. */
  private static final class Found {
    private final Selector selector;
    private final List<Sample> samples = new ArrayList<>();

    Found(Selector selector) {
      this.selector = selector;
    }

    void add(String name, Map<String, String> labels, double value) {
      boolean wanted = selector.name().isEmpty() || selector.name().equals(name);
      if (wanted && Double.isFinite(value)) {
        Sample sample = new Sample(name, labels, value);
        if (selector.accepts(sample)) {
          samples.add(sample);
        }
      }
    }
  }
}
