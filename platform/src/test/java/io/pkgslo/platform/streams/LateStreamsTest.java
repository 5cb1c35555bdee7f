// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;

class LateStreamsTest {
  private final LateStreams streams = new LateStreams(() -> fail("made"));

  @Test
  void beforeItsStart_isCreated() {
    assertThat(streams.state()).isEqualTo(KafkaStreams.State.CREATED);
  }

  /** A service that is stopped while it waits for its broker. */
  @Test
  void closedBeforeItsStart_isNeverMade() {
    streams.close(made -> fail("closed what was not made"));
    streams.start();

    assertThat(streams.state()).isEqualTo(KafkaStreams.State.CREATED);
  }
}
