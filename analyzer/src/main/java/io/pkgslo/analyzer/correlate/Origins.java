// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One object per distinct origin and package, so that a block's dictionaries cost memory once and
 * comparing is comparing references nearly always. Equal values that are not the same object are
 * right too: the cache is emptied when it is full. Mutable, single-threaded.
 */
final class Origins {
  /** The package of what cannot be attributed: the service's bucket (reference: sli.md). */
  static final String UNATTRIBUTED = "(unattributed)";

  private static final String UNKNOWN = "unknown";
  private static final int LIMIT = 1 << 16;

  private final Map<Origin, Origin> named = new HashMap<>();
  private final Map<String, String> packages = new HashMap<>();

  /** The origins of a block, named: see {@link #named(Origin)}. */
  Origin[] namedOfBlock(List<Origin> dictionary) {
    Origin[] canonical = new Origin[dictionary.size()];
    for (int i = 0; i < canonical.length; i++) {
      canonical[i] = canonicalNamed(dictionary.get(i));
    }
    return canonical;
  }

  private Origin canonicalNamed(Origin origin) {
    if (named.size() >= LIMIT) {
      named.clear();
    }
    return named.computeIfAbsent(origin, Origins::named);
  }

  String[] packagesOfBlock(List<String> dictionary) {
    if (packages.size() >= LIMIT) {
      packages.clear();
    }
    String[] canonical = new String[dictionary.size()];
    for (int i = 0; i < canonical.length; i++) {
      canonical[i] = packages.computeIfAbsent(dictionary.get(i), key -> key);
    }
    return canonical;
  }

  /** The origin with {@code unknown} where service or version are empty. */
  static Origin named(Origin origin) {
    if (!origin.getService().isEmpty() && !origin.getVersion().isEmpty()) {
      return origin;
    }
    Origin.Builder named = origin.toBuilder();
    if (origin.getService().isEmpty()) {
      named.setService(UNKNOWN);
    }
    if (origin.getVersion().isEmpty()) {
      named.setVersion(UNKNOWN);
    }
    return named.build();
  }
}
