// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.deploy;

import static io.pkgslo.standalone.deploy.SourceTree.list;
import static io.pkgslo.standalone.deploy.SourceTree.map;
import static io.pkgslo.standalone.deploy.SourceTree.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.gate.access.Refusal;
import io.pkgslo.alerts.gate.argo.ArgoGate;
import io.pkgslo.alerts.gate.flagger.FlaggerGate;
import io.pkgslo.alerts.gate.flagger.Hook;
import io.pkgslo.alerts.gate.kayenta.KayentaGate;
import io.pkgslo.alerts.gate.prometheus.PrometheusGate;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The templates for Argo Rollouts and Flagger use gates that exist, as the contracts say. */
class GateTemplatesTest {
  private static final String ARGO = "deploy/argo-rollouts/";
  private static final String FLAGGER = "deploy/flagger/";
  private static final Pattern ADDRESS = Pattern.compile("http://alerts\\.pkgslo:([0-9]+)");

  static Stream<String> files() {
    return Stream.of(ARGO, FLAGGER).flatMap(folder -> SourceTree.files(folder, ".yaml").stream());
  }

  /** Name and port of the Service in deploy/kubernetes, in the namespace pkgslo. */
  @ParameterizedTest
  @MethodSource("files")
  void address_isTheServiceOfTheDeployment(String file) {
    Map<String, Object> service =
        SourceTree.yamlDocuments("deploy/kubernetes/base/alerts.yaml").get(0);
    assertThat(service).containsEntry("kind", "Service");
    assertThat(map(service, "metadata")).containsEntry("name", "alerts");
    Object port =
        SourceTree.<Map<String, Object>>list(map(service, "spec"), "ports").get(0).get("port");

    Matcher address = ADDRESS.matcher(SourceTree.text(file));
    assertThat(address.results().map(found -> found.group(1)))
        .allSatisfy(found -> assertThat(found).isEqualTo(port.toString()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_isOneDocumentOfAKnownKind(String file) {
    assertThat(List.of("AnalysisTemplate", "Rollout", "Canary", "MetricTemplate"))
        .contains(yaml(file).get("kind").toString());
    assertThat(yaml(file).get("apiVersion").toString())
        .isEqualTo(file.startsWith(ARGO) ? "argoproj.io/v1alpha1" : "flagger.app/v1beta1");
  }

  private static Map<String, Object> metric(String template) {
    return SourceTree.<Map<String, Object>>list(map(yaml(ARGO + template), "spec"), "metrics")
        .get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"analysis-template-step.yaml", "analysis-template-background.yaml"})
  void webTemplate_asksTheGate(String template) {
    Map<String, Object> web = map(metric(template), "provider", "web");

    String url = web.get("url").toString().replace("{{args.pkgslo}}", "http://alerts.pkgslo:8080");
    URI uri = URI.create(url.replaceAll("\\{\\{args\\.([a-z]+)}}", "$1"));
    assertThat(uri.getPath()).isEqualTo(ArgoGate.PATH);
    assertThat(uri.getQuery()).isEqualTo("service=service&version=version");
    assertThat(metric(template)).containsEntry("consecutiveErrorLimit", 30);
    assertThat(metric(template))
        .containsEntry("failureCondition", "result.verdict == \"rollback\"")
        .containsEntry("failureLimit", 0);
  }

  @Test
  void stepTemplate_isThreeValued() {
    assertThat(metric("analysis-template-step.yaml"))
        .containsEntry("successCondition", "result.verdict == \"promote\"");
  }

  /**
   * As rollback-contracts says: an hour of hold. Argo's provider kayenta ends the scopes now, so it
   * gets an answer each time, too.
   */
  @ParameterizedTest
  @ValueSource(strings = {"analysis-template-step.yaml", "analysis-template-kayenta.yaml"})
  void hold_isAskedAgain(String template) {
    assertThat(metric(template))
        .containsEntry("interval", "60s")
        .containsEntry("count", 60)
        .containsEntry("inconclusiveLimit", 60)
        .containsEntry("failureLimit", 0)
        .containsEntry("consecutiveErrorLimit", 30)
        .containsEntry("consecutiveSuccessLimit", 1);
  }

  /** With a success condition, hold would be Inconclusive and stop the rollout. */
  @Test
  void backgroundTemplate_neverPromotes() {
    assertThat(metric("analysis-template-background.yaml")).doesNotContainKey("successCondition");
  }

  @Test
  void kayentaTemplate_leavesRoomForHold() {
    Map<String, Object> kayenta =
        map(metric("analysis-template-kayenta.yaml"), "provider", "kayenta");

    assertThat(URI.create(kayenta.get("address").toString()).getPath()).isEqualTo(KayentaGate.PATH);
    assertThat(kayenta).containsEntry("canaryConfigName", KayentaGate.CONFIG);
    int pass = (Integer) map(kayenta, "threshold").get("pass");
    int marginal = (Integer) map(kayenta, "threshold").get("marginal");
    assertThat(marginal).isBetween(1, pass - 1);
    assertThat(pass).isLessThanOrEqualTo(100);
  }

  /**
   * Every argument that a template uses is declared, and the Rollout passes those without value.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "analysis-template-step.yaml",
        "analysis-template-background.yaml",
        "analysis-template-kayenta.yaml"
      })
  void arguments_areDeclared(String template) {
    Set<String> used =
        Pattern.compile("\\{\\{args\\.([a-z]+)}}")
            .matcher(SourceTree.text(ARGO + template))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(arguments(template)).containsExactlyInAnyOrderElementsOf(used);
  }

  private static List<String> arguments(String template) {
    return SourceTree.<Map<String, Object>>list(map(yaml(ARGO + template), "spec"), "args").stream()
        .map(argument -> argument.get("name").toString())
        .toList();
  }

  @Test
  void rollout_usesTemplatesThatExist() {
    Set<String> existing =
        SourceTree.files(ARGO, ".yaml").stream()
            .filter(file -> yaml(file).get("kind").equals("AnalysisTemplate"))
            .map(file -> map(yaml(file), "metadata").get("name").toString())
            .collect(Collectors.toSet());

    Matcher used =
        Pattern.compile("templateName: (\\S+)").matcher(SourceTree.text(ARGO + "rollout.yaml"));
    assertThat(used.results().map(found -> found.group(1)))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(existing).contains(name));
  }

  @Test
  void canary_callsHooksOfTheirType() {
    Set<String> hooks =
        Arrays.stream(Hook.values()).map(Hook::wireName).collect(Collectors.toSet());
    List<Map<String, Object>> webhooks =
        list(map(yaml(FLAGGER + "canary.yaml"), "spec", "analysis"), "webhooks");

    assertThat(webhooks)
        .isNotEmpty()
        .allSatisfy(
            hook -> {
              assertThat(hooks).contains(hook.get("type").toString());
              assertThat(URI.create(hook.get("url").toString()).getPath())
                  .isEqualTo(FlaggerGate.PATH + hook.get("type"));
            });
    assertThat(webhooks)
        .extracting(hook -> hook.get("type").toString())
        .contains("rollback", "confirm-promotion")
        .doesNotContain("rollout");
  }

  @Test
  void metricTemplate_asksTheFacadeForOneSeries() {
    Map<String, Object> spec = map(yaml(FLAGGER + "metric-template.yaml"), "spec");

    assertThat(URI.create(map(spec, "provider").get("address").toString()).getPath())
        .isEqualTo(PrometheusGate.PATH);
    String query = spec.get("query").toString();
    assertThat(query).contains("service=", "version=");
    assertThat(ExportedMetrics.seriesNames()).contains(query.substring(0, query.indexOf('{')));
  }

  /** The page names every reason for a refusal, with its status. */
  @Test
  void refusals_areDocumented() {
    String rows =
        MarkdownRow.of("docs/gates.md").stream()
            .filter(row -> row.heading().equals("What is refused"))
            .map(row -> row.cells().get(0) + " " + row.cells().get(1))
            .collect(Collectors.joining("\n"));

    for (Refusal refusal : Refusal.values()) {
      assertThat(rows).contains("`" + refusal.label() + "`").contains("" + refusal.status());
    }
  }
}
