// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryTest {
  @Test
  void pause_doublesUpToItsBound() {
    Retry retry = new Retry(3);
    assertThat(Stream.generate(retry::failed).limit(7).map(Duration::toMillis))
        .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_000L, 3_000L);
    for (int i = 0; i < 100; i++) {
      assertThat(retry.failed()).isEqualTo(Duration.ofSeconds(3));
    }
  }

  @Test
  void retry_isExhausted_afterSoManyFailuresInARow() {
    Retry retry = new Retry(2);
    retry.failed();
    assertThat(retry.isExhausted()).isFalse();
    retry.failed();
    assertThat(retry.isExhausted()).isTrue();
    retry.succeeded();
    assertThat(retry.isExhausted()).isFalse();
    assertThat(retry.failed()).isEqualTo(Duration.ofMillis(100));
  }
}
