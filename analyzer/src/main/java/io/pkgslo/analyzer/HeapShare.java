// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.analyzer.correlate.ProcessSettings;
import io.pkgslo.analyzer.correlate.TraceSettings;
import org.jboss.logging.Logger;

/**
 * What the correlators of one partition may take of the heap. The bounds of their settings are
 * lowered to it: a service under more load than its heap holds then knows duplicates and relatives
 * for a shorter time, and says so, instead of ending without memory. An instance may come to own
 * all partitions, so each has an equal part.
 *
 * @param bytes of one partition
 */
record HeapShare(double bytes) {
  private static final Logger LOG = Logger.getLogger(HeapShare.class);

  // Shares of a partition's part, together 1, and bytes per item with what its tables leave free.
  private static final double IDENTITIES = 0.40;
  private static final double SPANS = 0.25;
  private static final double WAITING = 0.20;
  private static final double PROCESS_IDENTITIES = 0.08;
  private static final double PROCESS_WAITING = 0.07;

  /**
   * Of spans, where traces have two or more of them, and half as much for those of log records,
   * which have a set of their own.
   */
  private static final int IDENTITY_BYTES = 90;

  private static final int SPAN_BYTES = 100;
  private static final int WAITING_BYTES = 150;
  private static final int PROCESS_IDENTITY_BYTES = 60;
  private static final int PROCESS_WAITING_BYTES = 300;

  /**
   * A share of the heap, parted among the partitions.
   *
   * @param share of the heap, above 0 and at most 1
   * @param heapBytes that the heap may grow to
   */
  static HeapShare of(double share, long heapBytes, int partitions) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "pkgslo.analyzer.correlate.heap-share must be above 0 and at most 1, was " + share);
    }
    return new HeapShare(share * heapBytes / partitions);
  }

  /** The same settings with bounds that this much memory holds. */
  TraceSettings lower(TraceSettings settings) {
    return new TraceSettings(
        settings.settleMillis(),
        settings.duplicateHorizonMillis(),
        atMost("max-identities", settings.maxIdentities(), IDENTITIES, IDENTITY_BYTES),
        settings.relativesHorizonMillis(),
        atMost("max-spans", settings.maxSpans(), SPANS, SPAN_BYTES),
        atMost("max-waiting", settings.maxWaiting(), WAITING, WAITING_BYTES));
  }

  /** Likewise of processes. */
  ProcessSettings lower(ProcessSettings settings) {
    return new ProcessSettings(
        settings.settleMillis(),
        settings.duplicateHorizonMillis(),
        atMost(
            "max-identities of processes",
            settings.maxIdentities(),
            PROCESS_IDENTITIES,
            PROCESS_IDENTITY_BYTES),
        settings.maxProcesses(),
        atMost(
            "max-waiting-in-processes",
            settings.maxWaiting(),
            PROCESS_WAITING,
            PROCESS_WAITING_BYTES),
        settings.importPathByService(),
        settings.blame());
  }

  private int atMost(String name, int bound, double share, int bytesEach) {
    int held = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes * share / bytesEach));
    if (held < bound) {
      LOG.infof("%s of a partition is %,d, not %,d: the heap holds no more", name, held, bound);
    }
    return Math.min(held, bound);
  }
}
