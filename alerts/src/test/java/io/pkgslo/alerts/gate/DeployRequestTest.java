// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pkgslo.alerts.rollout.ArmSelector;
import io.pkgslo.alerts.rollout.Marker;
import io.pkgslo.alerts.rollout.Order;
import jakarta.ws.rs.WebApplicationException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeployRequestTest {
  private static DeployRequest parse(String json) {
    return DeployRequest.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void wholeMarker_isRead() {
    DeployRequest request =
        parse(
            """
            {"service": "shop/checkout", "version": "v1.5.0", "digest": "sha256:9f86",
             "baseline": {"version": "v1.4.0", "hash": "5d9c"}, "weight": 0.05,
             "steps": [0.05, 0.25], "schemaMigration": true, "fix": true, "runId": "run-7",
             "who": "ann", "why": "new prices"}""");

    assertThat(request.deployment().service()).isEqualTo("shop/checkout");
    assertThat(request.deployment().canary()).isEqualTo(ArmSelector.ofVersion("v1.5.0"));
    assertThat(request.deployment().baseline())
        .isEqualTo(new ArmSelector("v1.4.0", null, "5d9c", null));
    assertThat(request.deployment().marker())
        .isEqualTo(new Marker(0.05, List.of(0.05, 0.25), true, true, "sha256:9f86", "run-7", null));
    assertThat(request.who()).isEqualTo("ann");
  }

  @Test
  void digestAlone_isTheArm() {
    assertThat(parse("{\"service\":\"s\",\"digest\":\"sha256:1\"}").deployment().canary())
        .isEqualTo(new ArmSelector(null, null, null, "sha256:1"));
  }

  /** Both sides may have the same version. */
  @Test
  void attributes_tellTheSidesApart() {
    Order.Deployment deployment =
        parse(
                """
                {"service": "s", "version": "v1", "attributes": {"canary": true, "route": "b"},
                 "baseline": {"attributes": {"canary": ""}}}""")
            .deployment();

    assertThat(deployment.canary())
        .isEqualTo(new ArmSelector("v1", null, null, null, Map.of("canary", "true", "route", "b")));
    assertThat(deployment.baseline())
        .isEqualTo(new ArmSelector(null, null, null, null, Map.of("canary", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"service\":\"s\",\"attributes\":[\"canary\"]}",
        "{\"service\":\"s\",\"attributes\":{}}",
        "{\"service\":\"s\",\"attributes\":{\"canary\":null}}",
        "{\"service\":\"s\",\"attributes\":{\"canary\":{\"a\":1}}}",
        "{}",
        "{\"service\":\"s\"}",
        "{\"service\":7,\"version\":\"v\"}",
        "{\"service\":\"s\",\"version\":\"v\",\"weight\":1.5}",
        "{\"service\":\"s\",\"version\":\"v\",\"weight\":\"half\"}",
        "{\"service\":\"s\",\"version\":\"v\",\"steps\":0.5}",
        "{\"service\":\"s\",\"version\":\"v\",\"fix\":\"yes\"}",
        "{\"service\":\"s\",\"version\":\"v\",\"state\":\"paused\"}",
        "{\"service\":\"s\",\"version\":\"v\",\"wieght\":0.5}"
      })
  void malformedMarker_isRefused_withJson(String json) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> {
              assertThat(e.getResponse().getStatus()).isEqualTo(400);
              assertThat(e.getResponse().getEntity().toString()).startsWith("{error=");
            });
  }
}
