// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpanTraitsTest {
  @Test
  void everyCombination_isReadBack() {
    for (int kind = 0; kind <= 5; kind++) {
      for (int status = 0; status <= 2; status++) {
        for (AttributionSource source : AttributionSource.values()) {
          int traits =
              SpanTraits.of(kind, status, SpanTraits.FAILED | SpanTraits.WEIGHT_UNKNOWN, source);
          assertThat(SpanTraits.kind(traits)).isEqualTo(kind);
          assertThat(SpanTraits.status(traits)).isEqualTo(status);
          assertThat(SpanTraits.source(traits)).isEqualTo(source);
          assertThat(SpanTraits.has(traits, SpanTraits.FAILED)).isTrue();
          assertThat(SpanTraits.has(traits, SpanTraits.INIT)).isFalse();
        }
      }
    }
  }

  @Test
  void unknownKindAndStatus_countAsUnspecified() {
    int traits = SpanTraits.of(9, -1, 0, AttributionSource.NONE);
    assertThat(SpanTraits.kind(traits)).isEqualTo(SpanTraits.KIND_UNSPECIFIED);
    assertThat(SpanTraits.status(traits)).isEqualTo(SpanTraits.STATUS_UNSET);
  }

  @Test
  void sidecar_isNoApiCall() {
    int server = SpanTraits.of(SpanTraits.KIND_SERVER, 0, 0, AttributionSource.NONE);
    assertThat(SpanTraits.isApiCall(server)).isTrue();
    assertThat(SpanTraits.isApiCall(server | SpanTraits.SIDECAR)).isFalse();
  }
}
