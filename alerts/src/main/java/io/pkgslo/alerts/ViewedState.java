// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts;

import io.pkgslo.alerts.gate.StateView;
import io.pkgslo.alerts.page.PagedState;
import io.pkgslo.alerts.rollout.RolloutView;
import io.pkgslo.model.wire.SubjectState;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The view of the compacted topics, as pages want it. */
final class ViewedState implements PagedState {
  private final StateView view;

  ViewedState(StateView view) {
    this.view = view;
  }

  @Override
  public boolean isComplete() {
    return view.subjectsThroughMillis() != null;
  }

  @Override
  public Collection<SubjectState> subjects() {
    return view.subjectsUnsorted();
  }

  @Override
  public @Nullable String newestVersion(String service) {
    for (RolloutView rollout : view.rollouts()) {
      if (rollout.service().equals(service)) {
        return rollout.version();
      }
    }
    return null;
  }
}
