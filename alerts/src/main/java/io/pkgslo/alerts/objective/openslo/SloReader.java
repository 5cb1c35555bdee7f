// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.Alerting;
import io.pkgslo.alerts.objective.Budgeting;
import io.pkgslo.alerts.objective.Exclusion;
import io.pkgslo.alerts.objective.Notes;
import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.SliSource;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads documents of kind SLO; each objective in them becomes an {@code Slo}. */
final class SloReader {
  private static final int MOST_OBJECTIVES = 50;
  private static final String COMPOSITE =
      "composite SLOs are not counted, since OpenSLO does not say what their budget is; expected"
          + " one indicator under spec: write an SLO for each";

  private static final List<String> ONLY_COUNTED =
      List.of(OurAnnotations.EXCLUSIONS, OurAnnotations.MIN_VALID, OurAnnotations.MIN_BAD);

  private final References references;
  private final IndicatorCache indicators;
  private final PolicyReader policies;

  SloReader(References references, IndicatorCache indicators, PolicyReader policies) {
    this.references = references;
    this.indicators = indicators;
    this.policies = policies;
  }

  /** Empty when the document is not valid; then it is reported. */
  List<OpenSloReader.Placed> read(OpenSloDocument document) {
    int before = document.problems().all().errors();
    YamlMap spec = document.body().requiredMap("spec", "a mapping", keys(document.dialect()));
    if (spec == null) {
      return List.of();
    }
    String description = Prose.description(spec);
    String service = service(spec, document.dialect());
    BudgetingReader budgeting = BudgetingReader.of(spec);
    AlertingReader alerting = new AlertingReader(document, policies.of(spec, document));
    List<Exclusion> exclusions = ExclusionAnnotation.read(document.metadata().ours());
    Notes notes = notes(document.metadata(), service, description);
    Indicator indicator = indicator(spec, document);
    TimeWindowReader.Period period = new TimeWindowReader(document.dialect()).read(spec);
    List<OpenSloReader.Placed> slos = new ArrayList<>();
    boolean asked = false;
    List<YamlMap> objectives = objectives(spec, document);
    for (YamlMap objective : objectives) {
      BigDecimal target = TargetReader.read(objective);
      Budgeting method = budgeting.read(objective);
      String objectiveName = Metadata.displayName(objective);
      SliSource source = indicator == null ? null : indicator.source(objective);
      asked |= source instanceof PrometheusQueries;
      String id = id(document, objectives.size() > 1, objective);
      Alerting alerts =
          target == null || source == null || period == null
              ? null
              : alerting.read(period.length(), target, source);
      if (id == null) {
        continue;
      }
      Slo slo = null;
      if (document.sound() && source != null && period != null && method != null) {
        slo =
            alerts == null || target == null
                ? null
                : new Slo(
                    id,
                    displayName(document, objectives.size() > 1, objectiveName),
                    source,
                    target,
                    period.length(),
                    period.calendar(),
                    method,
                    alerts,
                    asked ? List.of() : exclusions,
                    notes);
      }
      Node name = document.metadata().nameAt();
      slos.add(new OpenSloReader.Placed(id, slo, name, document.problems()));
    }
    if (asked) {
      refuseWhatOnlyPkgsloCounts(document.metadata().ours());
    }
    boolean sound = document.sound() && document.problems().all().errors() == before;
    return sound ? slos : slos.stream().map(OpenSloReader.Placed::invalid).toList();
  }

  private static Notes notes(
      Metadata metadata, @Nullable String service, @Nullable String description) {
    return new Notes(
        service,
        description,
        metadata.ours().owner(),
        metadata.ours().runbook(),
        metadata.labels(),
        metadata.annotations());
  }

  /** Queries of others give rates and ratios, in which no single event or minute can be told. */
  private static void refuseWhatOnlyPkgsloCounts(OurAnnotations annotations) {
    for (String key : ONLY_COUNTED) {
      if (annotations.has(key)) {
        annotations.error(
            key,
            key
                + " does not reach the queries of a Prometheus source, expected it in them, or a"
                + " source of type pkgslo");
      }
    }
  }

  private static String[] keys(Dialect dialect) {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "description",
                "service",
                dialect.indicator(),
                dialect.indicatorRef(),
                "timeWindow",
                "budgetingMethod",
                "objectives",
                "alertPolicies"));
    if (dialect == Dialect.V2ALPHA) {
      keys.add("serviceRef");
    }
    return keys.toArray(String[]::new);
  }

  /** The specification of v2alpha says service, its SDK serviceRef. */
  private @Nullable String service(YamlMap spec, Dialect dialect) {
    String key = dialect == Dialect.V2ALPHA && spec.has("serviceRef") ? "serviceRef" : "service";
    if (key.equals("serviceRef") && spec.has("service")) {
      spec.error("service", "both service and serviceRef, expected one of them");
    }
    String service = spec.requiredText(key, "the name of a Service");
    if (service != null
        && references.hasAny(Kind.SERVICE)
        && !references.has(Kind.SERVICE, service)) {
      spec.error(
          key, "there is no Service " + YamlMap.quote(service) + ", expected one of these files");
    }
    return service;
  }

  private @Nullable Indicator indicator(YamlMap spec, OpenSloDocument document) {
    String inlineKey = document.dialect().indicator();
    String refKey = document.dialect().indicatorRef();
    if (spec.has(inlineKey) == spec.has(refKey)) {
      spec.error(
          refKey,
          (spec.has(inlineKey) ? "both " + inlineKey + " and " + refKey : "no " + inlineKey)
              + ", expected either "
              + inlineKey
              + " or "
              + refKey);
      return null;
    }
    if (spec.has(inlineKey)) {
      YamlMap inline = spec.map(inlineKey, "metadata", "spec");
      if (inline == null) {
        return null;
      }
      if (inline.has("metadata")) {
        Metadata.of(inline, document.dialect(), false);
      }
      return indicators.inline(inline, document.dialect());
    }
    OpenSloDocument sli = references.resolve(spec, refKey, Kind.SLI);
    return sli == null ? null : indicators.of(sli);
  }

  private static List<YamlMap> objectives(YamlMap spec, OpenSloDocument document) {
    Node list = spec.required("objectives", "a list of objectives");
    List<Node> elements = spec.list("objectives", "objectives with a target");
    List<YamlMap> objectives = new ArrayList<>();
    if (elements.size() > MOST_OBJECTIVES || (list != null && elements.isEmpty())) {
      spec.error(
          "objectives",
          "'objectives' has "
              + elements.size()
              + " elements, expected 1 to "
              + MOST_OBJECTIVES
              + ", each with a target");
      return objectives;
    }
    for (int i = 0; i < elements.size(); i++) {
      YamlMap objective =
          YamlMap.of(
              elements.get(i),
              spec.name("objectives") + "[" + i + "]",
              spec.problems(),
              objectiveKeys(document.dialect()));
      if (objective != null) {
        refuseComposite(objective, document.dialect());
        objectives.add(objective);
      }
    }
    return objectives;
  }

  private static String[] objectiveKeys(Dialect dialect) {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "displayName",
                "op",
                "value",
                "target",
                "targetPercent",
                "timeSliceTarget",
                "timeSliceWindow",
                "compositeWeight",
                dialect.indicator(),
                dialect.indicatorRef()));
    if (dialect == Dialect.V2ALPHA) {
      keys.add("labels");
    }
    return keys.toArray(String[]::new);
  }

  private static void refuseComposite(YamlMap objective, Dialect dialect) {
    for (String key :
        new String[] {dialect.indicator(), dialect.indicatorRef(), "compositeWeight"}) {
      if (objective.has(key)) {
        objective.error(key, COMPOSITE);
      }
    }
    if (objective.has("labels")) {
      objective.error(
          "labels", "labels of one objective are not applied, expected them in metadata");
    }
  }

  private static @Nullable String id(OpenSloDocument document, boolean several, YamlMap objective) {
    if (!Slo.isId(document.name())) {
      return null;
    }
    if (!several) {
      return document.name();
    }
    String id = document.name() + "-" + ObjectiveSuffix.of(objective);
    if (!Slo.isId(id)) {
      objective
          .problems()
          .error(
              objective.node(),
              "the objective is called "
                  + YamlMap.quote(id)
                  + ", expected up to 63 lower-case letters, digits and dashes: give it a shorter"
                  + " displayName");
      return null;
    }
    return id;
  }

  private static String displayName(
      OpenSloDocument document, boolean several, @Nullable String objective) {
    String outer = document.metadata().displayName();
    return several && objective != null ? outer + ": " + objective : outer;
  }
}
