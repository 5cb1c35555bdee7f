// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.DurationBuckets;
import java.util.List;
import java.util.function.Consumer;

/** Mutable, single-threaded: one exemplar at most for each of {@link DurationBuckets}. */
final class Exemplars {
  private static final Exemplar[] NONE = {};

  /** Without gaps, by bucket. */
  private Exemplar[] kept = NONE;

  /** Takes the place of the one in the same bucket. */
  void set(Exemplar exemplar) {
    int bucket = bucket(exemplar);
    int position = 0;
    while (position < kept.length && bucket(kept[position]) < bucket) {
      position++;
    }
    if (position == kept.length || bucket(kept[position]) != bucket) {
      Exemplar[] more = new Exemplar[kept.length + 1];
      System.arraycopy(kept, 0, more, 0, position);
      System.arraycopy(kept, position, more, position + 1, kept.length - position);
      kept = more;
    }
    kept[position] = exemplar;
  }

  private static int bucket(Exemplar exemplar) {
    return DurationBuckets.indexOf(exemplar.durationNanos());
  }

  void forEach(Consumer<Exemplar> consumer) {
    for (Exemplar exemplar : kept) {
      consumer.accept(exemplar);
    }
  }

  /** As they are now. */
  List<Exemplar> snapshot() {
    return List.of(kept);
  }
}
