// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.alerting;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a test has started: it ends with the test, last first. */
final class Running implements AutoCloseable {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T what) {
    started.push(what);
    return what;
  }

  @Override
  public void close() throws Exception {
    while (!started.isEmpty()) {
      started.pop().close();
    }
  }
}
