// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.page;

import io.pkgslo.model.wire.SubjectState;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What is known of all subjects right now. */
public interface PagedState {
  /** False while the state is still being read. */
  boolean isComplete();

  /** All of them. */
  Collection<SubjectState> subjects();

  /** The version of a service that was rolled out last; null when unknown. */
  @Nullable String newestVersion(String service);
}
