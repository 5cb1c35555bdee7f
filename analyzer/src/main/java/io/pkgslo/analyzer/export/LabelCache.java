// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.platform.Labels;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The values of one label, each made once. Only for labels with few values, such as the ids of
 * objectives. Thread-safe.
 */
final class LabelCache {
  private final String name;
  private final Map<String, Labels> byValue = new ConcurrentHashMap<>();

  LabelCache(String name) {
    this.name = name;
  }

  Labels of(String value) {
    Labels known = byValue.get(value);
    return known != null ? known : byValue.computeIfAbsent(value, v -> Labels.of(name, v));
  }
}
