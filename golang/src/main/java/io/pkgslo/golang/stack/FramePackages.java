// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.stack;

import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.golang.symbol.GoSymbol;
import io.pkgslo.golang.symbol.SourceFile;
import io.pkgslo.golang.symbol.SourceRoots;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The package of each frame of one stack. A symbol decides, except for a closure that may have been
 * inlined into another package: its name is then the caller's, its file tells the truth (reference:
 * go-telemetry.md 2.3). Frames of the same stack teach which package lies in which directory, which
 * also covers modules that a {@code replace} takes from elsewhere.
 */
public final class FramePackages {
  private final Map<String, String> packageByDirectory = new HashMap<>();
  private final SourceRoots learned = new SourceRoots(Map.of());
  private final SourceRoots configured;

  public FramePackages(List<Frame> frames, SourceRoots configured) {
    this.configured = configured;
    for (Frame frame : frames) {
      GoSymbol symbol = frame.go();
      String file = frame.file();
      if (symbol != null && file != null && !symbol.mayBeInlinedClosure()) {
        learn(symbol, file);
      }
    }
  }

  private void learn(GoSymbol symbol, String file) {
    String directory = SourceFile.directoryOf(file);
    if (directory.isEmpty() || file.endsWith("_test.go")) {
      return;
    }
    packageByDirectory.putIfAbsent(directory, symbol.packagePath());
    if (!symbol.isMain() && directory.startsWith("/") && SourceFile.parse(file) == null) {
      learned.learn(directory, symbol.packagePath());
    }
  }

  /** Null for frames without a Go symbol whose file tells nothing either. */
  public @Nullable GoPackage packageOf(Frame frame) {
    GoSymbol symbol = frame.go();
    String file = frame.file();
    if (symbol == null) {
      return file == null || !frame.isFileOnly() ? null : ofFile(file);
    }
    String path = symbol.packagePath();
    if (file != null && symbol.mayBeInlinedClosure()) {
      path = closurePackage(symbol, file);
    }
    return new GoPackage(path);
  }

  /** The package of one symbol on its own, with the file it was found in, if known. */
  public static GoPackage packageOf(GoSymbol symbol, @Nullable String file) {
    if (file == null || !symbol.mayBeInlinedClosure()) {
      return symbol.goPackage();
    }
    Frame frame = new Frame("", symbol, file, 0, Frame.Role.CALL);
    GoPackage found = new FramePackages(List.of(), SourceRoots.NONE).packageOf(frame);
    return found == null ? symbol.goPackage() : found;
  }

  /** The import path that the file's place gives, from the layout or from roots; null if none. */
  public @Nullable GoPackage ofFile(String file) {
    String path = SourceFile.packageOf(file);
    if (path == null) {
      path = ofDirectory(SourceFile.directoryOf(file));
    }
    return path == null ? null : GoPackage.parse(path);
  }

  private @Nullable String ofDirectory(String directory) {
    String path = packageByDirectory.get(directory);
    if (path == null) {
      path = configured.importPathOf(directory);
    }
    return path != null ? path : learned.importPathOf(directory);
  }

  private String closurePackage(GoSymbol symbol, String file) {
    String directory = SourceFile.directoryOf(file);
    String sameDirectory = packageByDirectory.get(directory);
    if (sameDirectory != null) {
      return sameDirectory;
    }
    String named = symbol.packagePath();
    SourceFile source = SourceFile.parse(file);
    if (symbol.isMain()) {
      return source != null && tellsApartFromMain(source) ? source.importPath() : named;
    }
    String byFile =
        source != null && source.isCertain() ? source.importPath() : ofDirectory(directory);
    return byFile == null || named.equals(byFile + "_test") ? named : byFile;
  }

  /** A file of the program's own module may be main's own directory: then the name stands. */
  private boolean tellsApartFromMain(SourceFile source) {
    return switch (source.origin()) {
      case GOROOT, VENDOR, MODULE_CACHE -> true;
      case TRIMMED -> packageByDirectory.containsValue("main");
      case GOPATH -> false;
    };
  }
}
