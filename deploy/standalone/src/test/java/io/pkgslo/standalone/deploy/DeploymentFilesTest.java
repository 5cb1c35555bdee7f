// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.deploy;

import static io.pkgslo.standalone.deploy.SourceTree.list;
import static io.pkgslo.standalone.deploy.SourceTree.map;
import static io.pkgslo.standalone.deploy.SourceTree.path;
import static io.pkgslo.standalone.deploy.SourceTree.text;
import static io.pkgslo.standalone.deploy.SourceTree.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.model.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The compose file and all that it mounts and builds fit together, and fit the code. */
class DeploymentFilesTest {
  private static final List<String> OURS = List.of("ingest", "analyzer", "alerts");
  private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:[^:@]*[0-9]+\\.[0-9][^:@]*");
  private static final Map<String, Object> COMPOSE = yaml("docker-compose.yml");

  /** Ports inside of images that are not ours, as their documentation says. */
  private static final Map<String, String> FOREIGN_PORTS =
      Map.of("prometheus", "9090", "alertmanager", "9093", "grafana", "3000", "kafka", "9092");

  static Stream<String> services() {
    return map(COMPOSE, "services").keySet().stream();
  }

  private static Map<String, Object> service(String name) {
    return map(COMPOSE, "services", name);
  }

  @ParameterizedTest
  @MethodSource("services")
  void image_isPinned(String name) {
    assertThat(service(name).get("image").toString()).matches(PINNED).doesNotContain("latest");
  }

  static Stream<String> dockerfiles() {
    return SourceTree.files("deploy", "Dockerfile").stream();
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void baseImage_isPinned(String dockerfile) {
    Matcher from = Pattern.compile("(?m)^FROM (\\S+)").matcher(text(dockerfile));

    assertThat(from.results().map(found -> found.group(1)))
        .isNotEmpty()
        .allSatisfy(image -> assertThat(image).matches(PINNED).doesNotContain("latest"));
  }

  /** RocksDB's library is linked against glibc and does not load on Alpine. */
  @Test
  void servicesImage_isNotAlpine() {
    assertThat(text("deploy/docker/Dockerfile")).doesNotContainPattern("FROM .*alpine");
  }

  @ParameterizedTest
  @MethodSource("services")
  void build_findsItsFiles(String name) {
    Object build = service(name).get("build");
    if (build instanceof String context) {
      assertThat(path(context).resolve("Dockerfile")).isRegularFile();
    } else if (build != null) {
      Map<String, Object> parts = map(service(name), "build");
      assertThat(path(parts.get("context").toString()).resolve(parts.get("dockerfile").toString()))
          .isRegularFile();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "analyzer", "alerts"})
  void build_namesTheServicesModule(String name) {
    assertThat(map(service(name), "build", "args")).containsEntry("SERVICE", name);
    assertThat(text("pom.xml")).contains("<module>" + name + "</module>");
  }

  @ParameterizedTest
  @MethodSource("services")
  void volume_isAFileOrDeclared(String name) {
    for (String volume : SourceTree.<String>list(service(name), "volumes")) {
      String source = volume.substring(0, volume.indexOf(':'));
      if (source.startsWith(".")) {
        assertThat(path(source)).as(volume).exists();
      } else {
        assertThat(map(COMPOSE, "volumes")).as(volume).containsKey(source);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void dependencies_exist(String name) {
    Object dependencies = service(name).getOrDefault("depends_on", List.of());
    Iterable<?> names =
        dependencies instanceof Map<?, ?> by ? by.keySet() : (Iterable<?>) dependencies;

    assertThat(names).allSatisfy(n -> assertThat(map(COMPOSE, "services")).containsKey("" + n));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "analyzer", "alerts"})
  void environment_isSettings(String name) {
    assertThat(environment(name).keySet()).allSatisfy(DeploymentFilesTest::isSetting);
  }

  static void isSetting(String variable) {
    Set<String> known =
        Setting.all().stream().map(s -> "" + s.environment()).collect(Collectors.toSet());
    if (!variable.startsWith("PKGSLO_KAFKA_") && !variable.startsWith("QUARKUS_")) {
      assertThat(known).contains(variable);
    }
  }

  private static Map<String, String> environment(String service) {
    Map<String, String> environment = new TreeMap<>();
    Object given = service(service).getOrDefault("environment", Map.of());
    ((Map<?, ?>) given).forEach((key, value) -> environment.put("" + key, "" + value));
    return environment;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "analyzer", "alerts"})
  void brokers_areTheComposeBroker(String name) {
    assertThat(environment(name)).containsEntry("PKGSLO_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092");
    assertThat(environment("kafka"))
        .containsEntry("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://kafka:9092");
  }

  /** Without it the image writes beside its volume: any setting replaces all of its own. */
  @Test
  void kafka_writesToItsVolume() {
    String directory = environment("kafka").get("KAFKA_LOG_DIRS");

    assertThat(SourceTree.<String>list(service("kafka"), "volumes"))
        .containsExactly("kafka-data:" + directory);
  }

  @Test
  void kafka_isTheVersionOfTheClients() {
    Matcher version =
        Pattern.compile("<kafka.version>(.+)</kafka.version>").matcher(text("pom.xml"));

    assertThat(version.find()).isTrue();
    assertThat(service("kafka")).containsEntry("image", "apache/kafka:" + version.group(1));
  }

  @ParameterizedTest
  @MethodSource("services")
  void publishedPorts_areOpen(String name) {
    for (String port : SourceTree.<String>list(service(name), "ports")) {
      String inside = port.substring(port.lastIndexOf(':') + 1);
      assertThat(port).as("only this machine").startsWith("127.0.0.1:");
      assertThat(openPorts(name)).as(name).contains(inside);
    }
  }

  /** What the image says; for the shop's commands, what they are told or their defaults. */
  private static Set<String> openPorts(String name) {
    Set<String> ports = new TreeSet<>();
    if (FOREIGN_PORTS.containsKey(name)) {
      ports.add(FOREIGN_PORTS.get(name));
    } else if (OURS.contains(name)) {
      ports.addAll(exposed("deploy/docker/Dockerfile"));
    } else {
      for (String argument : SourceTree.<String>list(service(name), "command")) {
        if (argument.matches(":[0-9]+")) {
          ports.add(argument.substring(1));
        }
      }
      ports.addAll(shopPorts(name));
    }
    return ports;
  }

  private static List<String> exposed(String dockerfile) {
    Matcher expose = Pattern.compile("(?m)^EXPOSE (.+)$").matcher(text(dockerfile));
    assertThat(expose.find()).as(dockerfile).isTrue();
    return List.of(expose.group(1).split(" "));
  }

  /** From the row of SHOP_LISTEN: "`:8080` storefront, `:8081` checkout, ...". */
  private static List<String> shopPorts(String name) {
    List<String> ports = new ArrayList<>();
    String process = name.replace("-canary", "");
    Matcher matcher =
        Pattern.compile("`:([0-9]+)` " + process).matcher(text("deploy/go/shop/README.md"));
    while (matcher.find()) {
      ports.add(matcher.group(1));
    }
    return ports;
  }

  /** Nothing sets another port, so the image's must be the one that Quarkus listens on. */
  @Test
  void servicesPort_isTheOneThatTheyListenOn() {
    assertThat(exposed("deploy/docker/Dockerfile")).containsExactly("8080");
    for (String module : OURS) {
      assertThat(SourceTree.files(module, "application.properties"))
          .allSatisfy(file -> assertThat(text(file)).doesNotContain("quarkus.http.port"));
    }
  }

  @Test
  void shop_sendsToTheCollector() {
    assertThat(environment("storefront"))
        .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317");
    assertThat(exposed("deploy/collector/Dockerfile")).contains("4317");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inventory", "checkout", "checkout-canary", "storefront"})
  void shopSettings_exist(String name) {
    List<String> documented =
        MarkdownRow.of("deploy/go/shop/README.md").stream().map(MarkdownRow::name).toList();

    assertThat(environment(name).keySet())
        .filteredOn(key -> key.startsWith("SHOP_"))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(documented).contains(key));
  }

  @Test
  void collectorSettings_areRead() {
    assertThat(environment("collector").keySet())
        .allSatisfy(
            key -> assertThat(text("deploy/collector/collector.yaml")).contains("${env:" + key));
  }

  @Test
  void collector_writesTheTopicsThatIngestReads() {
    Map<String, Object> kafka = map(yaml("deploy/collector/collector.yaml"), "exporters", "kafka");

    assertThat(
            Stream.of("traces", "logs", "metrics").map(signal -> map(kafka, signal).get("topic")))
        .containsExactlyElementsOf(Topics.otlp());
  }

  /** Every exporter of an overlay writes to the same topics, or to those with one ending more. */
  @ParameterizedTest
  @ValueSource(strings = {"json", "partitioned", "variants"})
  void collectorOverlay_staysWithTheTopics(String overlay) {
    Map<String, Object> exporters = map(yaml("deploy/collector/" + overlay + ".yaml"), "exporters");
    for (String exporter : exporters.keySet()) {
      List<String> signals = List.of("traces", "logs", "metrics");
      for (int i = 0; i < signals.size(); i++) {
        Object signal = map(exporters, exporter).get(signals.get(i));
        if (signal instanceof Map<?, ?> settings && settings.containsKey("topic")) {
          assertThat("" + settings.get("topic")).startsWith(Topics.otlp().get(i) + "_");
        }
      }
    }
  }

  @Test
  void prometheus_scrapesTheServices() {
    Map<String, Object> prometheus = yaml("deploy/prometheus/prometheus.yml");
    List<String> targets = new ArrayList<>();
    for (Map<String, Object> job :
        SourceTree.<Map<String, Object>>list(prometheus, "scrape_configs")) {
      assertThat(job).as("the default, /metrics").doesNotContainKey("metrics_path");
      targets.addAll(targets(job));
    }

    assertThat(targets).containsExactlyInAnyOrder("ingest:8080", "analyzer:8080", "alerts:8080");
  }

  @Test
  void prometheus_tellsTheAlertmanager() {
    List<Map<String, Object>> managers =
        list(map(yaml("deploy/prometheus/prometheus.yml"), "alerting"), "alertmanagers");

    assertThat(targets(managers.get(0)))
        .containsExactly("alertmanager:" + FOREIGN_PORTS.get("alertmanager"));
    assertThat(map(COMPOSE, "services")).containsKey("alertmanager");
  }

  private static List<String> targets(Map<String, Object> job) {
    return SourceTree.<Map<String, Object>>list(job, "static_configs").stream()
        .flatMap(target -> SourceTree.<String>list(target, "targets").stream())
        .toList();
  }

  /** A series moves between analyzers; with two values of instance it would be two series. */
  @ParameterizedTest
  @ValueSource(strings = {"analyzer", "alerts"})
  void prometheus_givesOneInstanceToAllOfAService(String name) {
    List<Map<String, Object>> jobs =
        list(yaml("deploy/prometheus/prometheus.yml"), "scrape_configs");

    assertThat(jobs)
        .filteredOn(job -> job.get("job_name").equals("pkgslo-" + name))
        .singleElement()
        .satisfies(
            job ->
                assertThat(SourceTree.<Map<String, Object>>list(job, "relabel_configs"))
                    .anyMatch(rule -> "instance".equals(rule.get("target_label"))));
  }

  @Test
  void prometheus_findsItsRules() {
    assertThat(SourceTree.<String>list(yaml("deploy/prometheus/prometheus.yml"), "rule_files"))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(path("deploy/prometheus/" + file)).isRegularFile());
  }

  @Test
  void alertmanager_namesReceiversThatExist() {
    Map<String, Object> file = yaml("deploy/alertmanager/alertmanager.yml");
    List<Object> receivers =
        SourceTree.<Map<String, Object>>list(file, "receivers").stream()
            .map(receiver -> receiver.get("name"))
            .toList();

    assertThat(receivers).contains(map(file, "route").get("receiver"));
    assertThat(SourceTree.<Map<String, Object>>list(map(file, "route"), "routes"))
        .allSatisfy(route -> assertThat(receivers).contains(route.get("receiver")));
  }

  @Test
  void alertmanager_inhibitsAlertsThatExist() {
    Matcher name =
        Pattern.compile("alertname=\"([A-Za-z]+)\"")
            .matcher(text("deploy/alertmanager/alertmanager.yml"));

    assertThat(name.results().map(found -> found.group(1)))
        .isNotEmpty()
        .allSatisfy(
            alert ->
                assertThat(text("deploy/prometheus/pkgslo-rules.yaml"))
                    .contains("alert: " + alert));
  }
}
