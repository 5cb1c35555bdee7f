// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.Slo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * All rules for a set of objectives, and the groups about pkgslo itself. Native rules of one SLI
 * stand in one group, in which those that differ in nothing but names and numbers that a text can
 * look up are one rule: what a rule costs is its query, and not the samples that it reads. An
 * objective that is the only one of its SLI has a group of its own, as has every other one.
 */
final class RuleGroups {
  private RuleGroups() {}

  /** In the order of {@code slos}; what is about no objective stands last. */
  static List<RuleGroup> of(List<Slo> slos, RuleOptions options) {
    Map<String, List<Slo>> together = new LinkedHashMap<>();
    for (Slo slo : slos) {
      together.computeIfAbsent(key(slo, options), key -> new ArrayList<>()).add(slo);
    }
    List<RuleGroup> groups = new ArrayList<>();
    together.forEach(
        (key, members) ->
            groups.add(
                members.size() == 1 ? of(members.get(0), options) : shared(members, options)));
    groups.add(Aliases.group());
    groups.add(PipelineAlerts.group());
    return groups;
  }

  /** Equal for objectives whose rules stand in one group. An id has no capital letter. */
  private static String key(Slo slo, RuleOptions options) {
    // A resource of the Operator is applied by itself, by whom it belongs to.
    boolean canShare =
        slo.isCounted() && options.form() == Form.NATIVE && options.kind() == RuleKind.FILE;
    return canShare ? slo.sli().name() : slo.id();
  }

  /** Named by the SLI alone, so that one more objective changes no name. */
  private static RuleGroup shared(List<Slo> members, RuleOptions options) {
    String name =
        "pkgslo-slos-" + members.get(0).sli().name().toLowerCase(Locale.ROOT).replace('_', '-');
    List<Rule> rules = new ArrayList<>();
    members.forEach(slo -> rules.addAll(MetadataRecords.of(slo, options.form())));
    rules.addAll(SharedAlerts.of(name, members, slo -> scope -> alerts(slo, options, scope)));
    return new RuleGroup(name, null, rules);
  }

  private static List<AlertRule> alerts(Slo slo, RuleOptions options, RuleScope scope) {
    List<AlertRule> alerts = new ArrayList<>(new BurnAlerts(slo, options, scope).rules());
    alerts.addAll(new BudgetAlerts(slo, options, scope).rules());
    alerts.addAll(new NoDataAlerts(slo, options, scope).rules());
    return alerts;
  }

  private static RuleGroup of(Slo slo, RuleOptions options) {
    List<Rule> rules = new ArrayList<>(MetadataRecords.of(slo, options.form()));
    List<Rule> records = records(slo, options);
    String interval = records.isEmpty() ? null : PromDuration.of(PortableRecords.STEP);
    rules.addAll(records);
    rules.addAll(alerts(slo, options, RuleScope.of(slo)));
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
