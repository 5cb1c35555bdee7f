// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.Slo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * All rules for a set of objectives, and the groups about pkgslo itself. Objectives whose native
 * rules differ in nothing but their names share them: what a rule costs is its query, and not the
 * samples that it reads. Every other objective has a group of its own.
 */
final class RuleGroups {
  /** With the dash in it, so few that a name can be read, and so many that none comes twice. */
  private static final int HASH_DIGITS = 13;

  private RuleGroups() {}

  /** In the order of {@code slos}; what is about no objective stands last. */
  static List<RuleGroup> of(List<Slo> slos, RuleOptions options) {
    Map<String, List<Slo>> alike = new LinkedHashMap<>();
    for (Slo slo : slos) {
      alike.computeIfAbsent(key(slo, options), key -> new ArrayList<>()).add(slo);
    }
    List<RuleGroup> groups = new ArrayList<>();
    alike.forEach(
        (key, members) ->
            groups.add(
                members.size() == 1 ? of(members.get(0), options) : shared(key, members, options)));
    groups.add(Aliases.group());
    groups.add(PipelineAlerts.group());
    return groups;
  }

  /** Equal for objectives that can share their rules. */
  private static String key(Slo slo, RuleOptions options) {
    // A resource of the Operator is applied by itself, by whom it belongs to.
    boolean canShare =
        slo.isCounted() && options.form() == Form.NATIVE && options.kind() == RuleKind.FILE;
    return canShare
        ? YamlText.of(Map.of(slo.sli(), alerts(slo, options, RuleScope.ANY)))
        : slo.id();
  }

  /** Named by what they share, so that one more objective changes no name. */
  private static RuleGroup shared(String key, List<Slo> members, RuleOptions options) {
    Slo first = members.get(0);
    String sli = first.sli().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String hash = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    String name =
        "pkgslo-slos-" + sli + "-" + first.periodLabel() + "-" + hash.substring(0, HASH_DIGITS);
    List<Rule> rules = new ArrayList<>();
    members.forEach(slo -> rules.addAll(MetadataRecords.of(slo, options.form())));
    rules.addAll(alerts(first, options, RuleScope.shared(members, name)));
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
