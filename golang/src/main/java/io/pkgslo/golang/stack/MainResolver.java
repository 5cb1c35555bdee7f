// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.stack;

import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.golang.symbol.GoSymbol;
import io.pkgslo.golang.symbol.SourceFile;
import io.pkgslo.golang.symbol.SourceRoots;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives {@code main} the import path of its program (reference: go-telemetry.md 4.3). Programs of
 * two services never merge.
 */
public final class MainResolver {
  /** Which rule decided, in the order in which they are tried. */
  public enum Rule {
    /** (a) The file's path contains the import path ({@code -trimpath}, module cache). */
    FILE,
    /** (b) Other frames of the stack, or the configuration, show where the module's root lies. */
    ALIGNED,
    /** (c) Configured for the service. */
    CONFIGURED,
    /** (d) {@code main@service}. */
    SERVICE,
    /** Not {@code main}: another package's closure, and nothing tells whose. */
    FOREIGN,
    /** Neither service nor anything else is known; the package stays {@code main}. */
    UNRESOLVED
  }

  /** What became of {@code main}, and by which rule. */
  public record Resolved(GoPackage pkg, Rule rule) {}

  private final Map<String, String> importPathByService;
  private final SourceRoots roots;

  /**
   * @param importPathByService service names as {@code sli.md} writes them, {@code namespace/name}
   *     or {@code name}
   * @param sourceRoots build directory to import path
   */
  public MainResolver(Map<String, String> importPathByService, Map<String, String> sourceRoots) {
    this.importPathByService = Map.copyOf(importPathByService);
    this.roots = new SourceRoots(sourceRoots);
  }

  /** Resolves what a stack blames; packages other than {@code main} stay as they are. */
  public Blamed resolve(Blamed blamed, List<Frame> frames, @Nullable String service) {
    return blamed.pkg().equals(GoPackage.MAIN)
        ? blamed.withPackage(resolve(blamed.frame(), frames, service).pkg())
        : blamed;
  }

  /** Resolves by the file of a frame of {@code main} and the other frames of its stack. */
  public Resolved resolve(@Nullable Frame mainFrame, List<Frame> frames, @Nullable String service) {
    String file = mainFrame == null ? null : mainFrame.file();
    if (file == null || file.endsWith("_cgo_gotypes.go")) {
      file = fileOfMain(frames);
    }
    Resolved byFile = file == null ? null : byFile(file);
    if (byFile != null) {
      return byFile;
    }
    String path = file == null ? null : align(file, frames);
    if (path == null && mainFrame != null && MainClosure.isForeign(mainFrame, frames)) {
      path = beside(mainFrame, frames, service);
      if (path == null) {
        return new Resolved(GoPackage.UNATTRIBUTED, Rule.FOREIGN);
      }
    }
    GoPackage aligned = path == null ? null : GoPackage.parse(path);
    return aligned != null ? new Resolved(aligned, Rule.ALIGNED) : byService(service);
  }

  /** Resolves by one file path, as spans and logs carry it. */
  public Resolved resolve(@Nullable String filePath, @Nullable String service) {
    Resolved byFile = filePath == null ? null : byFile(filePath);
    if (byFile != null || filePath == null) {
      return byFile == null ? byService(service) : byFile;
    }
    String path = roots.importPathOf(SourceFile.directoryOf(filePath));
    GoPackage configured = path == null ? null : GoPackage.parse(path);
    return configured == null ? byService(service) : new Resolved(configured, Rule.ALIGNED);
  }

  private static @Nullable String fileOfMain(List<Frame> frames) {
    for (Frame frame : frames) {
      GoSymbol symbol = frame.go();
      String file = frame.file();
      if (symbol != null && symbol.isMain() && file != null && file.indexOf('/') >= 0) {
        return file;
      }
    }
    return null;
  }

  private static @Nullable Resolved byFile(String file) {
    SourceFile source = SourceFile.parse(file);
    if (source == null) {
      return null;
    }
    GoPackage pkg = GoPackage.parse(source.importPath());
    return pkg == null || pkg.isStd() ? null : new Resolved(pkg, Rule.FILE);
  }

  private @Nullable String align(String file, List<Frame> frames) {
    String directory = SourceFile.directoryOf(file);
    String configured = roots.importPathOf(directory);
    if (configured != null) {
      return configured;
    }
    SourceRoots learned = new SourceRoots(Map.of());
    for (Frame frame : frames) {
      GoSymbol symbol = frame.go();
      String other = frame.file();
      if (symbol != null
          && other != null
          && other.startsWith("/")
          && !symbol.isMain()
          && !symbol.mayBeInlinedClosure()
          && !symbol.goPackage().isStd()
          && SourceFile.parse(other) == null) {
        learned.learn(SourceFile.directoryOf(other), symbol.packagePath());
      }
    }
    return learned.importPathOf(directory);
  }

  /** Another package of the module in which {@code main} has a configured path and a place. */
  private @Nullable String beside(Frame foreign, List<Frame> frames, @Nullable String service) {
    String directory = MainClosure.directoryOfMain(frames);
    String path = service == null ? null : importPathByService.get(service);
    String file = foreign.file();
    if (directory == null || path == null || file == null) {
      return null;
    }
    SourceRoots module = new SourceRoots(Map.of());
    module.learn(directory, path);
    return module.importPathOf(SourceFile.directoryOf(file));
  }

  private Resolved byService(@Nullable String service) {
    if (service == null || service.isEmpty()) {
      return new Resolved(GoPackage.MAIN, Rule.UNRESOLVED);
    }
    String configured = importPathByService.get(service);
    GoPackage pkg = configured == null ? null : GoPackage.parse(configured);
    return pkg != null
        ? new Resolved(pkg, Rule.CONFIGURED)
        : new Resolved(GoPackage.mainOf(service), Rule.SERVICE);
  }
}
