// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.CallCount;
import java.util.List;

/**
 * Which calls are events of an objective.
 *
 * @param kinds bit per span kind as OTLP numbers them; 0 is every kind
 * @param apiOnly only API calls; of no matter when kinds are named
 */
record CallFilter(int kinds, boolean apiOnly) {
  static CallFilter of(List<Integer> kinds, boolean apiOnly) {
    int bits = 0;
    for (int kind : kinds) {
      if (kind < 0 || kind > SpanTraits.KIND_CONSUMER) {
        throw new IllegalArgumentException("span kind must be 0 to 5, was " + kind);
      }
      bits |= 1 << kind;
    }
    return new CallFilter(bits, apiOnly);
  }

  /** A sidecar's SERVER span is no API call, so it is not one of that kind either. */
  boolean counts(CallCount call) {
    if (kinds == 0) {
      return call.getApi() || !apiOnly;
    }
    int kind = call.getKind();
    boolean entry = kind == SpanTraits.KIND_SERVER || kind == SpanTraits.KIND_CONSUMER;
    boolean named = kind >= 0 && kind <= SpanTraits.KIND_CONSUMER && (kinds & 1 << kind) != 0;
    return named && (call.getApi() || !entry);
  }
}
