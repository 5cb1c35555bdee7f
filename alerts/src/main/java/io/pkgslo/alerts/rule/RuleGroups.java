// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.Slo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** All rules for a set of objectives: a group for each, and the groups about pkgslo itself. */
final class RuleGroups {
  private RuleGroups() {}

  /** In the order of {@code slos}; what is about no objective stands last. */
  static List<RuleGroup> of(List<Slo> slos, RuleOptions options) {
    List<RuleGroup> groups = new ArrayList<>();
    slos.forEach(slo -> groups.add(of(slo, options)));
    groups.add(Aliases.group());
    groups.add(PipelineAlerts.group());
    return groups;
  }

  private static RuleGroup of(Slo slo, RuleOptions options) {
    List<Rule> rules = new ArrayList<>(MetadataRecords.of(slo, options.form()));
    List<Rule> records = records(slo, options);
    String interval = records.isEmpty() ? null : PromDuration.of(PortableRecords.STEP);
    rules.addAll(records);
    rules.addAll(new BurnAlerts(slo, options).rules());
    rules.addAll(new BudgetAlerts(slo, options).rules());
    rules.addAll(new NoDataAlerts(slo, options).rules());
    return new RuleGroup("pkgslo-slo-" + slo.id(), interval, rules.stream().map(of(slo)).toList());
  }

  /**
   * Two objectives record series of one name: the label, which these have anyway, tells promtool.
   */
  private static UnaryOperator<Rule> of(Slo slo) {
    return rule -> rule instanceof RecordRule record ? record.withLabel("slo", slo.id()) : rule;
  }

  /** What the alerts read and nobody exports. */
  private static List<Rule> records(Slo slo, RuleOptions options) {
    if (slo.source() instanceof PrometheusQueries queries) {
      return new QueryRecords(slo, queries, options.since()).rules();
    }
    return switch (options.form()) {
      case NATIVE -> List.of();
      case PORTABLE -> new PortableRecords(slo, options.since()).rules();
    };
  }
}
