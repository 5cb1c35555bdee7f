// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.Slo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The alerts of several objectives, in which rules that are alike are one. */
final class SharedAlerts {
  /** With the dash in it, so few that a name can be read, and so many that none comes twice. */
  private static final int HASH_DIGITS = 13;

  /** The alerts of an objective, for those that share them. */
  interface Alerts {
    List<AlertRule> of(RuleScope scope);
  }

  /** A rule, by its place among those of the first objective that has it. */
  private record Alike(Alerts alerts, int place, List<Slo> members) {}

  private SharedAlerts() {}

  /**
   * In the order in which {@code members} have them.
   *
   * @param group that they stand in
   * @param alerts of an objective
   */
  static List<AlertRule> of(String group, List<Slo> members, Function<Slo, Alerts> alerts) {
    Map<String, Alike> rules = new LinkedHashMap<>();
    for (Slo slo : members) {
      Alerts own = alerts.apply(slo);
      List<AlertRule> any = own.of(RuleScope.ANY);
      for (int i = 0; i < any.size(); i++) {
        Alike first = new Alike(own, i, new ArrayList<>());
        rules.computeIfAbsent(YamlText.of(any.get(i)), text -> first).members().add(slo);
      }
    }
    List<AlertRule> shared = new ArrayList<>();
    rules.forEach(
        (text, rule) -> {
          RuleScope scope = RuleScope.shared(rule.members(), name(group + text));
          shared.add(rule.alerts().of(scope).get(rule.place()));
        });
    return shared;
  }

  /**
   * By what the rule says and where, so that it stays what it is when other objectives come and go.
   */
  private static String name(String text) {
    String hash = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    return hash.substring(0, HASH_DIGITS);
  }
}
