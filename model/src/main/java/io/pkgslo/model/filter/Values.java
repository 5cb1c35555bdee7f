// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model.filter;

import org.jspecify.annotations.Nullable;

/** The values of one item, as text: numbers in decimal, {@code true} and {@code false}. */
@FunctionalInterface
public interface Values {
  /** Null when the item has none. */
  @Nullable String of(Path path);
}
