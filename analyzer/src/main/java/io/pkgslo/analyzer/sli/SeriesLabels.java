// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import java.util.Collections;
import java.util.List;

/**
 * Labels by which an objective tells its series of one subject apart.
 *
 * @param names in the order of the objective
 * @param values of as many; without control characters
 */
public record SeriesLabels(List<String> names, List<String> values) {
  static final SeriesLabels NONE = new SeriesLabels(List.of(), List.of());

  /** Value of every label where a subject has more combinations of values than are kept. */
  static final String OTHER = "(other)";

  /** In no value. */
  private static final char SEPARATOR = '\u0001';

  public SeriesLabels {
    names = List.copyOf(names);
    values = List.copyOf(values);
    if (names.size() != values.size()) {
      throw new IllegalArgumentException(names + " are no names of " + values);
    }
  }

  static SeriesLabels other(List<String> names) {
    return new SeriesLabels(names, Collections.nCopies(names.size(), OTHER));
  }

  public boolean isEmpty() {
    return names.isEmpty();
  }

  boolean isOther() {
    return !isEmpty() && values.stream().allMatch(OTHER::equals);
  }

  /** Names a series of an objective among those of its subject. Part of the stored format. */
  String keyOf(String objective) {
    if (isEmpty()) {
      return objective;
    }
    StringBuilder key = new StringBuilder(objective);
    for (int i = 0; i < names.size(); i++) {
      key.append(SEPARATOR).append(names.get(i)).append(SEPARATOR).append(values.get(i));
    }
    return key.toString();
  }
}
