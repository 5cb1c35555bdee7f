// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.model.filter.Path;
import io.pkgslo.model.filter.Values;
import io.pkgslo.model.wire.Selection;
import io.pkgslo.model.wire.SelectionSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes selections, and makes equal ones once as long as they are few. Single-threaded.
 *
 * <p>Values of labels are bounded in length and free of control characters. How many different ones
 * there are is bounded behind, where they are counted.
 */
final class SelectionCache {
  private static final int LONGEST_VALUE = 128;
  private static final int CAPACITY = 4_096;

  private record Key(long selector, boolean bad, List<String> labels) {}

  private final Map<Key, Selection> selections = new HashMap<>();
  private final Map<List<Selection>, SelectionSet> sets = new HashMap<>();

  Selection of(Selector selector, boolean bad, Values values) {
    Key key = new Key(selector.id(), bad, labels(selector.labels(), values));
    Selection known = selections.get(key);
    if (known == null) {
      known =
          Selection.newBuilder()
              .setSelector(selector.id())
              .setBad(bad)
              .addAllLabel(key.labels())
              .build();
      bounded(selections).put(key, known);
    }
    return known;
  }

  /** Null for none. */
  @Nullable SelectionSet setOf(List<Selection> items) {
    if (items.isEmpty()) {
      return null;
    }
    SelectionSet known = sets.get(items);
    if (known == null) {
      known = SelectionSet.newBuilder().addAllSelection(items).build();
      bounded(sets).put(List.copyOf(items), known);
    }
    return known;
  }

  /** Null when absent or empty. */
  static @Nullable String textOf(@Nullable Slice slice) {
    return slice == null || slice.isEmpty() ? null : slice.toString();
  }

  /** Starting over costs less than knowing what was used last. */
  private static <K, V> Map<K, V> bounded(Map<K, V> map) {
    if (map.size() >= CAPACITY) {
      map.clear();
    }
    return map;
  }

  private static List<String> labels(List<Path> paths, Values values) {
    if (paths.isEmpty()) {
      return List.of();
    }
    List<String> labels = new ArrayList<>(paths.size());
    for (Path path : paths) {
      labels.add(label(values.of(path)));
    }
    return labels;
  }

  private static String label(@Nullable String value) {
    if (value == null) {
      return "";
    }
    int end = Math.min(value.length(), LONGEST_VALUE);
    // Not between the two halves of a character.
    end -= end < value.length() && Character.isHighSurrogate(value.charAt(end - 1)) ? 1 : 0;
    StringBuilder clean = null;
    for (int i = 0; i < end; i++) {
      if (Character.isISOControl(value.charAt(i))) {
        clean = clean == null ? new StringBuilder(value.substring(0, end)) : clean;
        clean.setCharAt(i, ' ');
      }
    }
    return clean == null ? value.substring(0, end) : clean.toString();
  }
}
