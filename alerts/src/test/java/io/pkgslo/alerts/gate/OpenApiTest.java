// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pkgslo.alerts.gate.alertmanager.Alert;
import io.pkgslo.alerts.gate.alertmanager.FiringAlerts;
import io.pkgslo.alerts.gate.http.Endpoint;
import io.pkgslo.alerts.judge.Incident;
import io.pkgslo.alerts.ledger.LedgerLine;
import io.pkgslo.alerts.rollout.RolloutDetails;
import io.pkgslo.alerts.rollout.RolloutJson;
import io.pkgslo.alerts.rollout.RolloutView;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** openapi.yaml says what the code does: no path too many, none too few, and the same fields. */
class OpenApiTest {
  private static final JsonNode API = read();
  private static final Map<Class<? extends Annotation>, String> METHODS =
      Map.of(GET.class, "get", POST.class, "post", PUT.class, "put", DELETE.class, "delete");

  /** Schemas that describe a record. */
  private static final Map<String, Class<?>> RECORDS =
      Map.ofEntries(
          Map.entry("Verdict", VerdictBody.class),
          Map.entry("PackagesAnswer", PackagesAnswer.class),
          Map.entry("PackageView", PackageView.class),
          Map.entry("SubjectSlo", SloView.SubjectSlo.class),
          Map.entry("CallerView", CallerView.class),
          Map.entry("LogsView", LogsView.class),
          Map.entry("ErrorLog", LogsView.ErrorLog.class),
          Map.entry("LostContextView", LostContextView.class),
          Map.entry("SlosAnswer", SlosAnswer.class),
          Map.entry("SloView", SloView.class),
          Map.entry("GraphAnswer", GraphAnswer.class),
          Map.entry("Caller", GraphView.Caller.class),
          Map.entry("Node", GraphView.Node.class),
          Map.entry("RolloutsAnswer", RolloutsAnswer.class),
          Map.entry("RolloutAnswer", RolloutsResource.RolloutAnswer.class),
          Map.entry("RolloutView", RolloutView.class),
          Map.entry("Claim", RolloutView.Claim.class),
          Map.entry("Witness", RolloutView.Witness.class),
          Map.entry("RolloutDetails", RolloutDetails.class),
          Map.entry("Side", RolloutDetails.Side.class),
          Map.entry("Word", RolloutDetails.Word.class),
          Map.entry("Incident", Incident.class),
          Map.entry("DecisionsAnswer", DecisionsAnswer.class),
          Map.entry("LedgerLine", LedgerLine.class),
          Map.entry("Alert", Alert.class));

  @Test
  void operations_areThoseOfTheCode() throws IOException {
    Set<String> declared = new TreeSet<>();
    for (Endpoint endpoint :
        Gates.endpoints(
            new StateView(),
            new FiringAlerts(Clock.systemUTC()),
            GateSettings.DEFAULT,
            Clock.systemUTC())) {
      endpoint.methods().forEach(m -> declared.add(m.toLowerCase() + " " + endpoint.path()));
    }
    for (Class<?> resource : resources()) {
      declared.addAll(operations(resource));
    }

    Set<String> described = new TreeSet<>();
    API.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> described.add(method + " " + path.getKey())));
    assertThat(described).isEqualTo(declared);
  }

  private static Set<String> operations(Class<?> resource) {
    String base = resource.getAnnotation(Path.class).value();
    Set<String> operations = new TreeSet<>();
    for (Method method : resource.getDeclaredMethods()) {
      METHODS.forEach(
          (annotation, name) -> {
            if (method.isAnnotationPresent(annotation)) {
              Path path = method.getAnnotation(Path.class);
              operations.add(name + " " + base + (path == null ? "" : "/" + path.value()));
            }
          });
    }
    return operations;
  }

  /** Every class of this module with a path. */
  private static List<Class<?>> resources() throws IOException {
    java.nio.file.Path classes = java.nio.file.Path.of("target", "classes");
    try (Stream<java.nio.file.Path> files = Files.walk(classes)) {
      List<Class<?>> found = new ArrayList<>();
      for (String name :
          files
              .map(file -> classes.relativize(file).toString())
              .filter(file -> file.endsWith("Resource.class"))
              .map(file -> file.replace(".class", "").replace('/', '.').replace('\\', '.'))
              .toList()) {
        found.add(Class.forName(name));
      }
      assertThat(found).hasSizeGreaterThan(2);
      return found.stream().filter(c -> c.isAnnotationPresent(Path.class)).toList();
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<String> recordSchemas() {
    return RECORDS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("recordSchemas")
  void schema_hasTheFieldsOfTheRecord(String name) {
    ObjectMapper mapper = RolloutJson.mapper();
    JavaType type = mapper.constructType(RECORDS.get(name));
    Set<String> fields =
        mapper.getSerializationConfig().introspect(type).findProperties().stream()
            .filter(BeanPropertyDefinition::couldSerialize)
            .map(BeanPropertyDefinition::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    JsonNode schema = API.path("components").path("schemas").path(name);

    Set<String> described = new TreeSet<>();
    schema.path("properties").fieldNames().forEachRemaining(described::add);
    assertThat(described).isEqualTo(fields);
  }

  @Test
  void references_leadSomewhere() {
    List<JsonNode> references = API.findValues("$ref");

    assertThat(references)
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(API.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse());
  }

  /** What changes something says so. */
  @Test
  void operationsThatChangeSomething_nameTheirRole() {
    for (String path : List.of("/api/v1/rollouts", "/api/v1/events", "/gates/alertmanager")) {
      JsonNode post = API.path("paths").path(path).path("post");
      assertThat(post.path("security").toString()).isEqualTo("[{\"token\":[]}]");
      assertThat(post.path("description").asText()).contains("operator");
    }
  }

  @Test
  void description_isServed() {
    try (RunningGates gates = new RunningGates()) {
      for (String path : List.of("/openapi", "/q/openapi")) {
        assertThat(gates.get(path).json().path("openapi").asText()).startsWith("3.");
        assertThat(gates.get(path).json().path("paths").has("/gates/argo")).isTrue();
      }
    }
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(OpenApiTest.class.getResourceAsStream("/openapi.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
