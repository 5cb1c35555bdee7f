// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.deploy;

import static io.pkgslo.standalone.deploy.SourceTree.list;
import static io.pkgslo.standalone.deploy.SourceTree.map;
import static io.pkgslo.standalone.deploy.SourceTree.path;
import static io.pkgslo.standalone.deploy.SourceTree.yaml;
import static io.pkgslo.standalone.deploy.SourceTree.yamlDocuments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kustomize base and its overlays fit together, and fit the code. */
class KubernetesTest {
  private static final String BASE = "deploy/kubernetes/base/";
  private static final String OVERLAYS = "deploy/kubernetes/overlays/";

  private static Map<String, Object> workload(String service) {
    return yamlDocuments(BASE + service + ".yaml").stream()
        .filter(document -> document.get("kind").toString().matches("StatefulSet|Deployment"))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Object> podSpec(String service) {
    return map(workload(service), "spec", "template", "spec");
  }

  private static Map<String, Object> container(String service) {
    List<Map<String, Object>> containers = list(podSpec(service), "containers");
    assertThat(containers).hasSize(1);
    return containers.get(0);
  }

  @Test
  void base_hasAllServices() {
    assertThat(SourceTree.<String>list(yaml(BASE + "kustomization.yaml"), "resources"))
        .containsExactlyInAnyOrder("ingest.yaml", "analyzer.yaml", "alerts.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "analyzer", "alerts"})
  void service_hasWorkloadServiceAndDisruptionBudget(String service) {
    assertThat(yamlDocuments(BASE + service + ".yaml"))
        .allSatisfy(
            document -> assertThat(map(document, "metadata")).containsEntry("name", service))
        .extracting(document -> document.get("kind"))
        .contains("Service", "PodDisruptionBudget")
        .containsAnyOf("StatefulSet", "Deployment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "analyzer", "alerts"})
  void selectors_findThePods(String service) {
    Map<String, Object> labels = map(workload(service), "spec", "template", "metadata", "labels");
    for (Map<String, Object> document : yamlDocuments(BASE + service + ".yaml")) {
      Map<String, Object> selector = map(document, "spec", "selector");
      boolean plain = document.get("kind").equals("Service");
      assertThat(labels).containsAllEntriesOf(plain ? selector : map(selector, "matchLabels"));
    }
  }

  /** The image and port of the compose file and its Dockerfile. */
  @ParameterizedTest
  @ValueSource(strings = {"ingest", "analyzer", "alerts"})
  void container_isTheComposeImageOnItsPort(String service) {
    Map<String, Object> compose = map(yaml("docker-compose.yml"), "services", service);

    assertThat(container(service)).containsEntry("image", compose.get("image"));
    assertThat(SourceTree.<Map<String, Object>>list(container(service), "ports"))
        .singleElement()
        .isEqualTo(Map.of("name", "http", "containerPort", 8080));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "analyzer", "alerts"})
  void probes_askTheHealthEndpoints(String service) {
    assertThat(map(container(service), "livenessProbe", "httpGet"))
        .containsEntry("path", "/q/health/live")
        .containsEntry("port", "http");
    assertThat(map(container(service), "readinessProbe", "httpGet"))
        .containsEntry("path", "/q/health/ready")
        .containsEntry("port", "http");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "analyzer", "alerts"})
  void container_hasRequestsAndAMemoryLimit(String service) {
    assertThat(map(container(service), "resources", "requests")).containsKeys("cpu", "memory");
    assertThat(map(container(service), "resources", "limits")).containsKey("memory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "analyzer", "alerts"})
  void pods_areScraped(String service) {
    assertThat(map(workload(service), "spec", "template", "metadata", "annotations"))
        .containsEntry("prometheus.io/scrape", "true")
        .containsEntry("prometheus.io/path", "/metrics")
        .containsEntry("prometheus.io/port", "8080");
  }

  /** The root file system is read-only, so state needs a mount where the image puts it. */
  @ParameterizedTest
  @ValueSource(strings = {"ingest", "analyzer", "alerts"})
  void state_isMountedWhereTheImageHasIt(String service) {
    assertThat(SourceTree.text("deploy/docker/Dockerfile"))
        .contains("-Djava.io.tmpdir=/var/lib/pkgslo");
    assertThat(SourceTree.<Map<String, Object>>list(container(service), "volumeMounts"))
        .contains(Map.of("name", "state", "mountPath", "/var/lib/pkgslo"));
  }

  static Stream<String> kustomizations() {
    return SourceTree.files("deploy/kubernetes", "kustomization.yaml").stream();
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void literals_areSettings(String file) {
    for (Map<String, Object> generator :
        SourceTree.<Map<String, Object>>list(yaml(file), "configMapGenerator")) {
      assertThat(generator).containsEntry("name", "pkgslo");
      assertThat(SourceTree.<String>list(generator, "literals"))
          .allSatisfy(literal -> DeploymentFilesTest.isSetting(literal.split("=", 2)[0]));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "staging", "prod"})
  void overlay_namesTheBrokersAndFindsItsFiles(String overlay) {
    Map<String, Object> file = yaml(OVERLAYS + overlay + "/kustomization.yaml");
    List<Map<String, Object>> generators = list(file, "configMapGenerator");

    assertThat(SourceTree.<String>list(generators.get(0), "literals"))
        .anyMatch(literal -> literal.startsWith("PKGSLO_KAFKA_BOOTSTRAP_SERVERS="));
    assertThat(generators.get(0)).containsEntry("behavior", "merge");
    assertThat(SourceTree.<String>list(file, "resources")).containsExactly("../../base");
    assertThat(SourceTree.<Map<String, Object>>list(file, "patches"))
        .allSatisfy(
            patch ->
                assertThat(path(OVERLAYS + overlay + "/" + patch.get("path"))).isRegularFile());
  }

  /** What kustomize itself says, where it is installed. */
  @ParameterizedTest
  @ValueSource(strings = {"dev", "staging", "prod"})
  void overlay_isBuiltByKustomize(String overlay) throws IOException, InterruptedException {
    assumeTrue(run("version", "--client") == 0, "kubectl is not installed");

    assertThat(run("kustomize", path(OVERLAYS + overlay).toString())).isZero();
  }

  private static int run(String... arguments) throws InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "kubectl";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return -1;
      }
      return process.exitValue();
    } catch (IOException e) {
      return -1;
    }
  }
}
