// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

/**
 * How a worker is.
 *
 * @param state what it does
 * @param cause why, when it does not work; else empty
 */
public record IngestHealth(State state, String cause) {
  /** From good to bad. */
  public enum State {
    /** Reads and commits. */
    RUNNING,
    /** Has not committed or polled yet. */
    STARTING,
    /** The last transaction failed; it is tried again and nothing is lost. */
    RETRYING,
    /** As many transactions as allowed failed in a row; it goes on trying. */
    UNHEALTHY,
    /** Was told to stop. */
    STOPPED,
    /** Stopped by a fault of its own: only a restart helps. */
    FAILED
  }

  static final IngestHealth STARTING = new IngestHealth(State.STARTING, "");
  static final IngestHealth RUNNING = new IngestHealth(State.RUNNING, "");
  static final IngestHealth STOPPED = new IngestHealth(State.STOPPED, "");

  /** Whether facts flow, or will without anyone's help. */
  public boolean isReady() {
    return switch (state) {
      case RUNNING, RETRYING -> true;
      case STARTING, UNHEALTHY, STOPPED, FAILED -> false;
    };
  }

  /** False when only a restart helps. */
  public boolean isAlive() {
    return state != State.FAILED;
  }

  /** The worse of two. */
  public IngestHealth and(IngestHealth other) {
    return state.compareTo(other.state) >= 0 ? this : other;
  }
}
