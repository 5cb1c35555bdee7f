// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pkgslo.model.wire.ContextLossCount;
import io.pkgslo.model.wire.SubjectState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spans of a package that lost their context in one way.
 *
 * @param kind missing_parent, root_inside_service or client_without_server
 * @param spans since the package was first seen, those whose relative came after all left out
 * @param exampleTraceId of the last one that was counted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LostContextView(String kind, long spans, @Nullable String exampleTraceId) {
  /** Null where nothing was lost. */
  static @Nullable List<LostContextView> of(SubjectState state) {
    return state.getContextLossCount() == 0
        ? null
        : state.getContextLossList().stream().map(LostContextView::of).toList();
  }

  private static LostContextView of(ContextLossCount loss) {
    return new LostContextView(
        loss.getKind(),
        loss.getCount() - loss.getRevised(),
        loss.getExampleTraceId().isEmpty() ? null : loss.getExampleTraceId());
  }
}
