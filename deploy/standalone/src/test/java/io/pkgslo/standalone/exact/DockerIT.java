// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.testing.NothingReceived;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.testcontainers.DockerClientFactory;

/** A suite that skips without an engine hides a broken one: -Dpkgslo.docker=required does not. */
@NothingReceived("it asks for an engine, and starts nothing")
class DockerIT {
  @Test
  @EnabledIfSystemProperty(
      named = "pkgslo.docker",
      matches = "required",
      disabledReason = "Docker is not said to be here (-Dpkgslo.docker=required)")
  void engine_isThere_whereItIsRequired() {
    assertThat(DockerClientFactory.instance().isDockerAvailable()).isTrue();
  }
}
