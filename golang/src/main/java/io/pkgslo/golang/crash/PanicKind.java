// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

/** How the runtime announced the end of normal execution. */
public enum PanicKind {
  /** A panic value was thrown, by the program or by the runtime (nil dereference, bounds). */
  PANIC,
  /** {@code fatal error: …}: map races, deadlocks, stack overflow, out of memory; no recovery. */
  FATAL,
  /** A signal killed the process outside of Go code ({@code SIGABRT: abort}). */
  SIGNAL
}
