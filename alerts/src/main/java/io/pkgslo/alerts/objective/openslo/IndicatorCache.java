// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** SLIs, each read once however many SLOs use it. */
final class IndicatorCache {
  private final References references;
  private final IdentityHashMap<OpenSloDocument, @Nullable Indicator> read =
      new IdentityHashMap<>();

  IndicatorCache(References references) {
    this.references = references;
  }

  /** Null when the document is not valid, and reported. */
  @Nullable Indicator of(OpenSloDocument sli) {
    if (!read.containsKey(sli)) {
      read.put(sli, inline(sli.body(), sli.dialect()));
    }
    return read.get(sli);
  }

  /** An SLI that stands inside an SLO; null when it is not valid, and reported. */
  @Nullable Indicator inline(YamlMap map, Dialect dialect) {
    return new IndicatorReader(new MetricReader(references, dialect)).read(map);
  }
}
