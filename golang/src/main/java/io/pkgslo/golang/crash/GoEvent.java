// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import io.pkgslo.golang.init.InitLine;

/** What the raw output of a Go process tells. */
public sealed interface GoEvent {
  /**
   * A panic, with the time of its first line.
   *
   * @param firstTimeNanos as given with the line
   */
  record Panicked(GoPanic panic, long firstTimeNanos) implements GoEvent {}

  /**
   * A package was initialised.
   *
   * @param timeNanos of the line, which is about the end of the init
   */
  record Initialised(InitLine line, long timeNanos) implements GoEvent {}
}
