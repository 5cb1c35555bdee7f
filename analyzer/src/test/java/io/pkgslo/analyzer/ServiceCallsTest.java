// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.sli.Observations;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.ObservationBlock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceCallsTest {
  private static final long NOON = 1_795_176_000_000L;

  @Test
  void everyPartition_hearsTheSumOfAll() {
    ObservationBlock zero = Observations.block().calls("a", NOON, 3, 1).build();
    ObservationBlock two =
        Observations.block()
            .calls("b", NOON, 4, 0)
            .calls("b", NOON, 50, SpanTraits.STATUS_UNSET, false, 1)
            .calls("b", NOON + 10_000, 6, 0)
            .build();
    Map<Integer, ObservationBlock> spread = ServiceCalls.spread(Map.of(0, zero, 2, two), 3);
    assertThat(spread).containsOnlyKeys(0, 1, 2);
    for (ObservationBlock block : spread.values()) {
      assertThat(block.getCallList())
          .filteredOn(call -> block.getPackage(call.getPackageIndex()).equals("(service)"))
          .allSatisfy(
              call ->
                  assertThat(block.getOrigin(call.getOriginIndex()).getService())
                      .isEqualTo("shop/checkout"))
          .extracting(CallCount::getCount)
          .containsExactlyInAnyOrder(7L, 6L);
    }
    assertThat(spread.get(0).getCallList()).startsWith(zero.getCall(0), zero.getCall(1));
  }

  @Test
  void noApiCalls_changeNothing() {
    Map<Integer, ObservationBlock> blocks =
        Map.of(
            0,
            Observations.block().calls("b", NOON, 50, SpanTraits.STATUS_UNSET, false, 1).build());
    assertThat(ServiceCalls.spread(blocks, 4)).isSameAs(blocks);
  }
}
