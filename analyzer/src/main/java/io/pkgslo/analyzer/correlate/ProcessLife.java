// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** When processes were last heard of, in append time. Bounded. Mutable, single-threaded. */
final class ProcessLife {
  private static final int LIMIT = 1 << 17;

  /** In the order in which they were heard of last. */
  private final Map<String, Long> lastMillis = new LinkedHashMap<>();

  void heardOf(String process, long millis) {
    Long known = lastMillis.remove(process);
    lastMillis.put(process, known == null ? millis : Math.max(known, millis));
    if (lastMillis.size() > LIMIT) {
      lastMillis.remove(lastMillis.keySet().iterator().next());
    }
  }

  /** True if the process was heard of after {@code millis}. */
  boolean livesSince(String process, long millis) {
    Long last = lastMillis.get(process);
    return last != null && last > millis;
  }

  void forgetBefore(long millis) {
    Iterator<Long> oldestFirst = lastMillis.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next() < millis) {
      oldestFirst.remove();
    }
  }
}
