// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as the specification's own examples and its Java SDK write them. */
class CdEventsTest {
  private static final String DIGEST =
      "sha256:0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427";

  private static String event(String type, String artifact) {
    return """
        {
          "context": {
            "version": "0.4.1",
            "id": "271069a8-fc18-44f1-b38f-9d70a1695819",
            "source": "/event/source/123",
            "type": "%s",
            "timestamp": "2023-03-20T14:27:05.315384Z"
          },
          "subject": {
            "id": "shop/checkout",
            "source": "/event/source/123",
            "type": "service",
            "content": {
              "environment": {"id": "test123"},
              "artifactId": "%s"
            }
          }
        }"""
        .formatted(type, artifact);
  }

  private static CdEvents.Event parse(String json) {
    return CdEvents.parse(json.getBytes(StandardCharsets.UTF_8), null, null);
  }

  private static Order.Deployment deployment(String json) {
    return Objects.requireNonNull(parse(json).deployment());
  }

  @ParameterizedTest
  @ValueSource(strings = {"deployed.0.2.0", "deployed.0.3.0", "upgraded.0.2.0", "published.0.3.0"})
  void newServices_areCanaries(String type) {
    Order.Deployment deployment =
        deployment(
            event(
                "dev.cdevents.service." + type,
                "pkg:oci/checkout@" + DIGEST.replace(":", "%3A") + "?tag=v1.5.0"));

    assertThat(deployment.service()).isEqualTo("shop/checkout");
    assertThat(deployment.ends()).isFalse();
    assertThat(deployment.canary()).isEqualTo(ArmSelector.ofVersion("v1.5.0"));
    assertThat(deployment.marker().digest()).isEqualTo(DIGEST);
  }

  @Test
  void versionBehindTheAt_isTheVersion() {
    Order.Deployment deployment =
        deployment(event("dev.cdevents.service.deployed.0.3.0", "pkg:golang/acme.com/shop@v1.5.0"));

    assertThat(deployment.canary().label()).isEqualTo("v1.5.0");
    assertThat(deployment.marker().digest()).isNull();
  }

  @Test
  void digestAlone_isTheArm() {
    Order.Deployment deployment =
        deployment(event("dev.cdevents.service.deployed.0.3.0", "pkg:oci/checkout@" + DIGEST));

    assertThat(deployment.canary().digest()).isEqualTo(DIGEST);
    assertThat(deployment.canary().version()).isNull();
  }

  @Test
  void removedService_ends() {
    assertThat(
            deployment(event("dev.cdevents.service.removed.0.3.0", "pkg:oci/checkout@v1.5.0"))
                .ends())
        .isTrue();
  }

  @Test
  void rolledBackService_saysNothingOfACanary() {
    CdEvents.Event event =
        parse(event("dev.cdevents.service.rolledback.0.3.0", "pkg:oci/checkout@v1.4.0"));

    assertThat(event.deployment()).isNull();
    assertThat(event.reason()).contains("rolledback");
  }

  @Test
  void structuredMode_holdsTheEventAsData() {
    String type = "dev.cdevents.service.deployed.0.3.0";
    CdEvents.Event event =
        parse(
            "{\"specversion\":\"1.0\",\"id\":\"7\",\"type\":\"%s\",\"source\":\"ci\",\"data\":%s}"
                .formatted(type, event(type, "pkg:oci/checkout@v1.5.0")));

    assertThat(event.id()).isEqualTo("7");
    assertThat(event.deployment()).isNotNull();
  }

  @Test
  void binaryMode_hasTypeAndIdInHeaders() {
    String type = "dev.cdevents.service.deployed.0.3.0";
    CdEvents.Event event =
        CdEvents.parse(
            event(type, "pkg:oci/checkout@v1.5.0").getBytes(StandardCharsets.UTF_8), type, "8");

    assertThat(event.id()).isEqualTo("8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "nonsense",
        "{}",
        "{\"context\":{\"type\":\"dev.cdevents.build.started.0.1.0\",\"id\":\"1\"}}",
        "{\"context\":{\"type\":\"dev.cdevents.service.deployed.0.3.0\",\"id\":\"1\"}}",
        "{\"context\":{\"type\":\"dev.cdevents.service.deployed.0.3.0\"},\"subject\":{\"id\":\"a\"}}"
      })
  void anythingElse_isRefused_withAReason(String json) {
    assertThatThrownBy(() -> parse(json)).isInstanceOf(IllegalArgumentException.class);
  }
}
