// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.analyzer.correlate.SpanPanics.Reported;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicReport;
import java.util.List;

/** What of one block waits for relatives until one time. */
sealed interface Waiting {
  /** Spans, reports or log records. */
  int items();

  /**
   * Spans that have to borrow a package, or that failed and were counted, and the reports of all
   * new spans of the block.
   */
  final class Spans implements Waiting {
    final SpanColumns block;
    final Origin[] origins;
    final String[] packages;
    final int[] rows;

    /** Where in the index each of {@link #rows} was put. */
    final int[] slots;

    final List<Reported> panics;
    final long arrivedMillis;

    Spans(
        SpanColumns block,
        Origin[] origins,
        String[] packages,
        int[] rows,
        int[] slots,
        List<Reported> panics,
        long arrivedMillis) {
      this.block = block;
      this.origins = origins;
      this.packages = packages;
      this.rows = rows;
      this.slots = slots;
      this.panics = panics;
      this.arrivedMillis = arrivedMillis;
    }

    @Override
    public int items() {
      return rows.length + panics.size();
    }
  }

  /** A report of which an earlier copy came later. */
  record Report(Reported panic) implements Waiting {
    @Override
    public int items() {
      return 1;
    }
  }

  /**
   * Log records whose span is not here, or has to borrow its package itself, and panics that new
   * records of the block report and whose package their span knows.
   */
  final class Logs implements Waiting {
    final LogBlock block;
    final int[] rows;
    final List<PanicReport> panics;
    final long arrivedMillis;

    Logs(LogBlock block, int[] rows, List<PanicReport> panics, long arrivedMillis) {
      this.block = block;
      this.rows = rows;
      this.panics = panics;
      this.arrivedMillis = arrivedMillis;
    }

    @Override
    public int items() {
      return rows.length + panics.size();
    }
  }
}
