// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.golang.crash.GoPanic;
import io.pkgslo.golang.stack.Frame;
import io.pkgslo.golang.stack.StackParser;
import io.pkgslo.golang.symbol.GoSymbol;
import io.pkgslo.model.wire.PanicReport;
import org.jspecify.annotations.Nullable;

/**
 * Which crashes may be told before they settle: those in an initialisation, of which stderr shows
 * the whole dump. Other reports of the same panic can then change neither that it ended the process
 * nor whom its stack blames. That the dump is whole is seen from its end: nobody but the runtime
 * calls an initialiser, so its frame, with its file below it, is the last one.
 */
final class EarlyCrash {
  private EarlyCrash() {}

  /** Cheap, and true for every line that shows an initialiser's frame. */
  static boolean mayShow(String line) {
    return line.contains(".init(") || line.contains(".init.");
  }

  static boolean isCertain(ProcessReport crash) {
    PanicReport report = crash.report();
    GoPanic panic = crash.fromLines();
    return panic != null
        && report.getSource() == PanicReport.Source.STDERR
        && report.getInitFailure()
        && crash.isBlamedByStack()
        && isWhole(panic);
  }

  /** Down to the last initialiser, and no frame has lost its file on the way. */
  private static boolean isWhole(GoPanic panic) {
    boolean whole = false;
    for (Frame frame : StackParser.parse(panic.stack()).frames()) {
      if (frame.file() == null) {
        return false;
      }
      whole |= frame.role() == Frame.Role.CALL && isInitialiser(frame.go());
    }
    return whole;
  }

  private static boolean isInitialiser(@Nullable GoSymbol symbol) {
    return symbol != null && symbol.isInitialiser();
  }
}
