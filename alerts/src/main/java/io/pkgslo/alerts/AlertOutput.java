// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts;

import io.pkgslo.alerts.gate.StateView;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.page.PageSettings;
import io.pkgslo.alerts.page.Pager;
import io.pkgslo.alerts.publish.RulePublisher;
import io.pkgslo.alerts.publish.RuleSettings;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What goes out when objectives are missed: rules for Prometheus, and pages where switched on. */
final class AlertOutput implements AutoCloseable {
  private static final URI HERE = URI.create("http://localhost:8080/");

  private final RulePublisher rules;
  private final Pager pager;

  AlertOutput(AlertsConfig config, StateView view, Clock clock) {
    @Nullable URI link = config.gate().publicUrl().map(URI::create).orElse(null);
    AlertsConfig.Rules rule = config.rules();
    this.rules =
        new RulePublisher(
            new RuleSettings(
                rule.form(),
                rule.directory().orElse(null),
                rule.reloadUrl().map(URI::create).orElse(null),
                link,
                rule.retry()),
            clock);
    AlertsConfig.Page page = config.page();
    List<URI> alertmanagers =
        page.alertmanagers().stream().flatMap(List::stream).map(URI::create).toList();
    this.pager =
        new Pager(
            new PageSettings(
                alertmanagers,
                page.interval(),
                page.resend(),
                page.resolvedFor(),
                link == null ? HERE : link),
            new ViewedState(view),
            clock);
  }

  /** From now on these are the objectives in force; returns at once. */
  void update(List<Slo> slos) {
    rules.update(slos);
    pager.update(slos);
  }

  void start() {
    pager.start();
  }

  RulePublisher rules() {
    return rules;
  }

  /** What did not get out yet, by what it is; empty while all is well. */
  Map<String, String> failures() {
    Map<String, String> failures = new LinkedHashMap<>();
    Optional.ofNullable(rules.failure()).ifPresent(cause -> failures.put("rules", cause));
    Optional.ofNullable(pager.failure()).ifPresent(cause -> failures.put("pages", cause));
    return failures;
  }

  @Override
  public void close() {
    rules.close();
    pager.close();
  }
}
