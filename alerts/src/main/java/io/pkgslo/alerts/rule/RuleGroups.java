// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Slo;
import java.util.ArrayList;
import java.util.List;

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
    String interval =
        switch (options.form()) {
          case NATIVE -> null;
          case PORTABLE -> PromDuration.of(PortableRecords.STEP);
        };
    switch (options.form()) {
      case NATIVE -> {}
      case PORTABLE -> rules.addAll(new PortableRecords(slo).rules());
    }
    rules.addAll(new BurnAlerts(slo, options).rules());
    rules.addAll(new BudgetAlerts(slo, options).rules());
    rules.addAll(new NoDataAlerts(slo, options).rules());
    return new RuleGroup("pkgslo-slo-" + slo.id(), interval, rules);
  }
}
