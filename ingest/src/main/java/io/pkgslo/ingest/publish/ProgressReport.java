// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import io.pkgslo.model.wire.Progress;
import java.util.List;

/**
 * How far the source partitions of one worker have been worked off.
 *
 * @param entries one per source partition, at most
 */
public record ProgressReport(List<Progress> entries) {
  /** Nothing to report. */
  public static final ProgressReport NONE = new ProgressReport(List.of());

  public ProgressReport {
    entries = List.copyOf(entries);
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Highest time in the report, epoch milliseconds; 0 when it is empty. */
  public long highestMillis() {
    return entries.stream().mapToLong(Progress::getThroughMillis).max().orElse(0);
  }

  List<Progress> of(String topic) {
    return entries.stream().filter(progress -> progress.getTopic().equals(topic)).toList();
  }
}
