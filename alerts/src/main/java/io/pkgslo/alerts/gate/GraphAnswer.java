// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer of {@code /api/v1/graph}.
 *
 * @param through event time up to which it is complete; absent while unknown
 * @param callers the direct ones first; empty where nobody called within the last hour
 * @param truncated there are more callers than are listed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GraphAnswer(
    @Nullable Instant through, List<GraphView.Caller> callers, boolean truncated) {
  public GraphAnswer {
    callers = List.copyOf(callers);
  }
}
