// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.util.HashMap;
import java.util.Map;

/**
 * When the names of each process were last published. They are published again from time to time,
 * so that an analyzer that keeps them for a limited time always knows the living ones. Mutable,
 * single-threaded.
 */
final class AliasBook {
  private static final int CAPACITY = 50_000;
  private static final long REPEAT_MILLIS = 30_000;

  private final Map<ProcessOrigin, Long> publishedMillis = new HashMap<>();

  /** True when the names of this process are due, which is noted. */
  boolean isDue(ProcessOrigin origin, long appendedMillis) {
    if (!origin.namesSomething()) {
      return false;
    }
    Long last = publishedMillis.get(origin);
    if (last != null && appendedMillis < last + REPEAT_MILLIS) {
      return false;
    }
    if (publishedMillis.size() >= CAPACITY) {
      publishedMillis.clear();
    }
    publishedMillis.put(origin, appendedMillis);
    return true;
  }

  /** Nothing of what was published since the last commit is there. */
  void forget() {
    publishedMillis.clear();
  }
}
