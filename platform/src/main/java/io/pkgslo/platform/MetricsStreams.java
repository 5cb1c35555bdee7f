// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What an application streams to {@code /metrics}, besides its registry. Thread-safe. */
@Singleton
public class MetricsStreams {
  private final List<StreamedMetrics> streams = new CopyOnWriteArrayList<>();

  /** Adds to what is shown, for as long as the application lives. */
  public void register(StreamedMetrics stream) {
    streams.add(stream);
  }

  List<StreamedMetrics> all() {
    return streams;
  }
}
