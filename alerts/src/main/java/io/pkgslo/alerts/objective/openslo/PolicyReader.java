// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Alert policies: conditions that an SLO alerts by instead of the usual tiers. */
final class PolicyReader {
  private static final String[] KEYS = {
    "description",
    "alertWhenNoData",
    "alertWhenResolved",
    "alertWhenBreaching",
    "conditions",
    "notificationTargets"
  };

  /**
   * A policy.
   *
   * @param condition null when it is not valid, and reported
   * @param breaching whether it alerts when the condition holds
   */
  record Policy(@Nullable Condition condition, boolean breaching, boolean noData) {}

  private final References references;
  private final ConditionReader conditions = new ConditionReader();
  private final Map<OpenSloDocument, Policy> read = new LinkedHashMap<>();

  PolicyReader(References references) {
    this.references = references;
  }

  /** Those that an SLO names; what is not valid is reported. */
  List<Policy> of(YamlMap sloSpec, OpenSloDocument slo) {
    List<Policy> policies = new ArrayList<>();
    for (Node element : sloSpec.list("alertPolicies", "names or policies")) {
      OpenSloDocument document = document(element, sloSpec, slo);
      if (document != null) {
        policies.add(policy(document));
      }
    }
    return policies;
  }

  private @Nullable OpenSloDocument document(Node element, YamlMap sloSpec, OpenSloDocument slo) {
    if (element instanceof ScalarNode) {
      YamlMap named = YamlMap.single("alertPolicies", element, sloSpec.problems());
      return references.resolve(named, "alertPolicies", Kind.ALERT_POLICY);
    }
    return referencedOrInline(
        element, sloSpec.name("alertPolicies"), "alertPolicyRef", Kind.ALERT_POLICY, slo);
  }

  private @Nullable OpenSloDocument referencedOrInline(
      Node element, String name, String refKey, Kind kind, OpenSloDocument outer) {
    YamlMap map = YamlMap.of(element, name, outer.problems(), refKey, "kind", "metadata", "spec");
    if (map == null) {
      return null;
    }
    if (map.has(refKey)) {
      for (String key : new String[] {"kind", "metadata", "spec"}) {
        if (map.has(key)) {
          map.error(key, YamlMap.quote(key) + " beside " + refKey + ", expected either");
        }
      }
      return references.resolve(map, refKey, kind);
    }
    String word = map.requiredText("kind", kind.word() + ", or " + refKey);
    if (word != null && !word.equals(kind.word())) {
      map.unexpected("kind", kind.word());
      return null;
    }
    return word == null ? null : OpenSloDocument.inline(map, kind, outer);
  }

  /** Checks a policy whether or not an SLO names it; each is read once. */
  Policy policy(OpenSloDocument document) {
    Policy known = read.get(document);
    if (known != null) {
      return known;
    }
    Policy policy = readPolicy(document);
    read.put(document, policy);
    return policy;
  }

  private Policy readPolicy(OpenSloDocument document) {
    YamlMap spec = document.body().requiredMap("spec", "a mapping with conditions", KEYS);
    if (spec == null) {
      return new Policy(null, false, false);
    }
    Prose.description(spec);
    boolean breaching = flag(spec, "alertWhenBreaching");
    boolean noData = flag(spec, "alertWhenNoData");
    if (flag(spec, "alertWhenResolved")) {
      spec.warning(
          "alertWhenResolved",
          "alertWhenResolved is not applied, expected send_resolved in Alertmanager's receiver");
    }
    if (!breaching && !noData) {
      document.warning(
          "the policy never alerts, expected alertWhenBreaching or alertWhenNoData to be true");
    }
    checkTargets(spec, document);
    return new Policy(condition(spec, document), breaching, noData);
  }

  private static boolean flag(YamlMap spec, String key) {
    return Boolean.TRUE.equals(spec.flag(key));
  }

  private @Nullable Condition condition(YamlMap spec, OpenSloDocument policy) {
    spec.required("conditions", "a list of one condition");
    List<Node> elements = spec.list("conditions", "one condition");
    if (spec.has("conditions") && elements.size() != 1) {
      spec.error("conditions", "'conditions' has " + elements.size() + " elements, expected one");
      return null;
    }
    OpenSloDocument document =
        elements.isEmpty()
            ? null
            : referencedOrInline(
                elements.get(0),
                spec.name("conditions"),
                "conditionRef",
                Kind.ALERT_CONDITION,
                policy);
    return document == null ? null : conditions.read(document);
  }

  /** Where alerts go is Alertmanager's to say; the names must exist all the same. */
  private void checkTargets(YamlMap spec, OpenSloDocument policy) {
    List<Node> elements = spec.list("notificationTargets", "targets");
    if (elements.isEmpty()) {
      spec.error("notificationTargets", "no notificationTargets, expected one or more");
      return;
    }
    for (Node element : elements) {
      OpenSloDocument target =
          referencedOrInline(
              element,
              spec.name("notificationTargets"),
              "targetRef",
              Kind.ALERT_NOTIFICATION_TARGET,
              policy);
      if (target != null) {
        checkTarget(target);
      }
    }
    spec.warning(
        "notificationTargets",
        "notificationTargets are not applied, expected a route in Alertmanager by the label"
            + " severity");
  }

  /** Checks a condition that no policy may name. */
  void checkCondition(OpenSloDocument document) {
    conditions.read(document);
  }

  /** Checks a target that no policy may name. */
  static void checkTarget(OpenSloDocument document) {
    YamlMap spec =
        document.body().requiredMap("spec", "a mapping with a target", "description", "target");
    if (spec != null) {
      Prose.description(spec);
      spec.requiredText("target", "where alerts go, such as slack");
    }
  }
}
