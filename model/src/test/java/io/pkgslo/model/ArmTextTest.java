// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ArmTextTest {
  @Test
  void attributes_areReadBack_whateverTheyHold() {
    Map<String, String> attributes =
        Map.of("canary", "true", "http.request.header.x-route", "a+@b=c%2B", "a=b", "%");
    String arm = ArmText.withAttributes("v1+workload=cart", new TreeMap<>(attributes));

    assertThat(arm).startsWith("v1+workload=cart+@");
    assertThat(ArmText.attributes(arm)).isEqualTo(attributes);
    assertThat(ArmText.hasAttributes(arm)).isTrue();
  }

  @Test
  void arm_withoutAttributes() {
    assertThat(ArmText.attributes("v1+hash=5d9c")).isEmpty();
    assertThat(ArmText.hasAttributes("v1+hash=5d9c")).isFalse();
    assertThat(ArmText.inheriting("v1+hash=5d9c", "v1+hash=5d9c")).isEqualTo("v1+hash=5d9c");
  }

  /** A routed header stands on the span of the server; what runs below it belongs to it. */
  @Test
  void inheriting_takesWhatIsMissing_andKeepsItsOwn() {
    String server = "v1+@canary=true+@route=beta+@scope.version=0.50";

    assertThat(ArmText.inheriting("v1+@route=alpha", server))
        .isEqualTo("v1+@canary=true+@route=alpha");
  }
}
