// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a command has opened, closed last first, once: when the command ends or when the process is
 * interrupted, whichever comes first.
 */
final class Cleanup implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private Cleanup() {}

  static Cleanup atExit() {
    Cleanup cleanup = new Cleanup();
    Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "cleanup"));
    return cleanup;
  }

  /** Takes charge of {@code resource} and returns it. */
  synchronized <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  @Override
  public synchronized void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        // The rest must be closed all the same.
        System.err.println("pkgslo: while ending: " + e);
      }
    }
  }
}
