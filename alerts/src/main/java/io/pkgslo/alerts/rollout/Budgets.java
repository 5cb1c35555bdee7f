// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Budget;
import org.jspecify.annotations.Nullable;

/** What is known of error budgets when a rollout is judged. */
@FunctionalInterface
public interface Budgets {
  /** Nothing is known: no budget stands against a promotion. */
  Budgets UNKNOWN = (service, version) -> null;

  /**
   * The tightest error budget of a service, and what one version spent of it; null while no
   * objective of it has data. Answers at once, from memory, and may be a second old.
   */
  @Nullable Budget of(String service, @Nullable String version);
}
