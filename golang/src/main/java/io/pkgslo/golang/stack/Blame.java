// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.stack;

import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.golang.symbol.GoSymbol;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the package to blame for a panic (reference: go-telemetry.md 2.6). The frames below the
 * deepest {@code panic} are the origin of the oldest panic, the root cause; the standard library
 * and helpers that panic on purpose are passed over.
 */
public final class Blame {
  private final List<Frame> origin;
  private final BlamePolicy policy;
  private final FramePackages packages;
  private final boolean init;

  private Blame(List<Frame> frames, BlamePolicy policy) {
    this.policy = policy;
    this.packages = new FramePackages(frames, policy.configuredRoots());
    this.origin = origin(frames);
    this.init = origin.stream().anyMatch(frame -> isCall(frame) && isInitialiser(frame.go()));
  }

  /** Blames one goroutine's frames, innermost first. */
  public static Blamed of(List<Frame> frames, BlamePolicy policy) {
    return frames.isEmpty() ? Blamed.NOBODY : new Blame(frames, policy).decide();
  }

  public static Blamed of(StackTrace stack, BlamePolicy policy) {
    return of(stack.frames(), policy);
  }

  /** True when the origin has a frame that is neither the standard library's nor a helper's. */
  public static boolean reachesProgram(StackTrace stack, BlamePolicy policy) {
    return new Blame(stack.frames(), policy).firstOfProgram() != null;
  }

  private static List<Frame> origin(List<Frame> frames) {
    int deepest = -1;
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i).role() == Frame.Role.PANIC) {
        deepest = i;
      }
    }
    return new ArrayList<>(frames.subList(deepest + 1, frames.size()));
  }

  private Blamed decide() {
    if (!policy.owners().isEmpty()) {
      Frame owned = firstOwned();
      if (owned != null) {
        return blame(owned, "first frame of an owned package below the panic");
      }
    }
    Frame program = firstOfProgram();
    if (program != null) {
      return blame(program, "first frame below the panic that is neither std nor a helper");
    }
    Frame creator = createdBy();
    if (creator != null && isProgram(creator)) {
      return blame(creator, "no frame of the program is left: who started the goroutine");
    }
    Frame helper = firstKnown(false);
    if (helper != null) {
      return blame(helper, "only helpers and std are left: first helper");
    }
    Frame standard = firstKnown(true);
    return standard != null
        ? blame(standard, "only std is left: its first frame")
        : new Blamed(
            GoPackage.UNATTRIBUTED, "", null, crashSite(), "no frame names a package", init);
  }

  private Blamed blame(Frame frame, String why) {
    GoPackage found = packages.packageOf(frame);
    GoPackage pkg = found == null ? GoPackage.UNATTRIBUTED : found;
    return new Blamed(pkg, frame.function(), frame, crashSite(), why, init);
  }

  private @Nullable Frame firstOwned() {
    for (Frame frame : origin) {
      GoPackage pkg = packages.packageOf(frame);
      if (isCall(frame) && pkg != null && policy.isOwned(pkg)) {
        return frame;
      }
    }
    return null;
  }

  private @Nullable Frame firstOfProgram() {
    for (Frame frame : origin) {
      if (isCall(frame) && isProgram(frame)) {
        return frame;
      }
    }
    return null;
  }

  /**
   * A frame with only a file in an unknown directory is the program's own code: dependencies and
   * the standard library lie in known places.
   */
  private boolean isProgram(Frame frame) {
    GoPackage pkg = packages.packageOf(frame);
    if (pkg == null) {
      return frame.isFileOnly() && frame.file() != null && frame.file().indexOf('/') >= 0;
    }
    return !pkg.isStd() && !policy.isHelper(pkg);
  }

  private @Nullable Frame firstKnown(boolean standard) {
    for (Frame frame : origin) {
      GoPackage pkg = packages.packageOf(frame);
      if (pkg != null && (standard || !pkg.isStd())) {
        return frame;
      }
    }
    return null;
  }

  private @Nullable Frame createdBy() {
    for (Frame frame : origin) {
      if (frame.role() == Frame.Role.CREATED_BY) {
        return frame;
      }
    }
    return null;
  }

  private @Nullable Frame crashSite() {
    for (Frame frame : origin) {
      GoSymbol symbol = frame.go();
      boolean runtime = symbol != null && symbol.packagePath().equals("runtime");
      if (isCall(frame) && !runtime && (symbol != null || frame.file() != null)) {
        return frame;
      }
    }
    return null;
  }

  private static boolean isCall(Frame frame) {
    return frame.role() == Frame.Role.CALL;
  }

  private static boolean isInitialiser(@Nullable GoSymbol symbol) {
    return symbol != null && symbol.isInitialiser() && !symbol.goPackage().isStd();
  }
}
