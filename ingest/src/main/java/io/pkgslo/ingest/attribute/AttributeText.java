// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AnyValueView;
import io.pkgslo.ingest.decode.AttributeKeys;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.model.filter.Path;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of attributes by the paths of selectors. Single-threaded. */
final class AttributeText {
  private final Map<Path, byte[]> keys = new HashMap<>();

  AttributeText(List<Selector> selectors) {
    for (Selector selector : selectors) {
      selector.filter().paths(this::learn);
      selector.badFilter().paths(this::learn);
      selector.labels().forEach(this::learn);
    }
  }

  private void learn(Path path) {
    keys.computeIfAbsent(path, p -> p.key().getBytes(StandardCharsets.UTF_8));
  }

  /** All that is asked for, whether of an item or of its resource. */
  AttributeKeys attributeKeys() {
    return AttributeKeys.of(keys.keySet().stream().map(Path::key).toList());
  }

  /** The value as filters see it; null when absent, and for what has no text. */
  @Nullable String of(@Nullable AttributesView attributes, Path path) {
    byte[] key = keys.get(path);
    if (attributes == null || key == null) {
      return null;
    }
    AnyValueView value = attributes.find(key);
    if (value == null) {
      return null;
    }
    return switch (value.kind()) {
      case EMPTY, BYTES -> null;
      case STRING -> value.text().toString();
      case BOOL, INT, DOUBLE, ARRAY, KVLIST -> value.toString();
    };
  }
}
