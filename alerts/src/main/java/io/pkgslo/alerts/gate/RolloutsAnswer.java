// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pkgslo.alerts.rollout.RolloutView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer of {@code /api/v1/rollouts}.
 *
 * @param through event time up to which every look is judged; absent while unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RolloutsAnswer(@Nullable Instant through, List<RolloutView> rollouts) {
  public RolloutsAnswer {
    rollouts = List.copyOf(rollouts);
  }
}
