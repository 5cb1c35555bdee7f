// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import java.io.IOException;

/**
 * Series that are too many for a registry: they are written one by one while they are read, and are
 * never whole in memory. Thread-safe.
 */
public interface StreamedMetrics {
  /**
   * Writes what {@code query} asks for.
   *
   * @throws IOException when the reader has gone
   */
  void write(MetricsQuery query, MetricsText text) throws IOException;
}
