// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.stack;

import io.pkgslo.golang.symbol.GoSymbol;
import io.pkgslo.golang.symbol.SourceFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a closure that is named after {@code main} is another package's, inlined there
 * (reference: go-telemetry.md 2.3), where its file lies in a directory of the build machine that
 * names no module. A package lies in one directory: another one than that of {@code main}'s own
 * frames proves it. Without such frames the name decides, since only exported functions are called
 * from another package, and what it leaves open is how people lay out programs. Stateless.
 */
final class MainClosure {
  private MainClosure() {}

  /** True for a frame of {@code main} whose function was probably written in another package. */
  static boolean isForeign(Frame frame, List<Frame> stack) {
    GoSymbol symbol = frame.go();
    String file = frame.file();
    if (symbol == null || file == null || !symbol.isMain() || !symbol.mayBeInlinedClosure()) {
      return false;
    }
    String directory = SourceFile.directoryOf(file);
    if (!directory.startsWith("/") || SourceFile.parse(file) != null) {
      return false;
    }
    String mainDirectory = directoryOfMain(stack);
    return mainDirectory != null
        ? !mainDirectory.equals(directory)
        : symbol.mayInlineExported() && !isMainsUsually(directory);
  }

  /** Where {@code main} lies, by a frame that is its own for certain; null when none is there. */
  static @Nullable String directoryOfMain(List<Frame> stack) {
    for (Frame frame : stack) {
      GoSymbol symbol = frame.go();
      String file = frame.file();
      if (symbol != null && symbol.isMain() && file != null && !symbol.mayBeInlinedClosure()) {
        String directory = SourceFile.directoryOf(file);
        if (!directory.isEmpty()) {
          return directory;
        }
      }
    }
    return null;
  }

  /** The root of a build, such as {@code /src}, or a directory below one of commands. */
  private static boolean isMainsUsually(String directory) {
    int slash = directory.lastIndexOf('/');
    String above = directory.substring(0, slash);
    return slash == 0 || above.endsWith("/cmd") || directory.endsWith("/cmd");
  }
}
