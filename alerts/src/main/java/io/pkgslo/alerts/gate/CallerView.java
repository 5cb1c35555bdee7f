// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pkgslo.model.wire.CallerEdge;
import io.pkgslo.model.wire.SubjectState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls that a package got from another one within the last hour.
 *
 * @param selfSeconds that the callee spent in its own spans
 * @param exampleTraceId of a failed call if there was one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CallerView(
    String service,
    @JsonProperty("package") String goPackage,
    long calls,
    long errors,
    double selfSeconds,
    @Nullable String exampleTraceId) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Most calls first; null where nobody called. */
  static @Nullable List<CallerView> of(SubjectState state) {
    return state.getCallerCount() == 0
        ? null
        : state.getCallerList().stream().map(CallerView::of).toList();
  }

  private static CallerView of(CallerEdge edge) {
    return new CallerView(
        edge.getService(),
        edge.getPackage(),
        edge.getCalls(),
        edge.getErrors(),
        edge.getSelfNanos() / NANOS_PER_SECOND,
        edge.getExampleTraceId().isEmpty() ? null : edge.getExampleTraceId());
  }
}
