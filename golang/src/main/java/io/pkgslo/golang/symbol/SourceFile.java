// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.symbol;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The import path that a source file's path gives away (reference: go-telemetry.md 2.3 and the end
 * of 4.3).
 *
 * @param importPath not folded
 * @param origin which layout told it
 */
public record SourceFile(String importPath, Origin origin) {
  /** The layouts that contain an import path. */
  public enum Origin {
    MODULE_CACHE,
    VENDOR,
    GOROOT,
    /** {@code -trimpath}: the path starts with the import path. */
    TRIMMED,
    /** {@code go/src/host.example/…}: right for GOPATH builds, a guess for modules. */
    GOPATH
  }

  private static final String MODULES = "/pkg/mod/";
  private static final String VENDOR = "/vendor/";
  private static final String SRC = "/src/";
  private static final String TOOLCHAIN = "golang.org/toolchain";
  private static final int MAX_LENGTH = 4096;
  private static final Set<String> EXTENSIONS =
      Set.of("go", "s", "S", "c", "cc", "cpp", "cxx", "h", "hpp", "m", "mm");

  public SourceFile {
    Objects.requireNonNull(importPath, "importPath");
    Objects.requireNonNull(origin, "origin");
  }

  /** The file's import path, or null when the path does not tell (an absolute build directory). */
  public static @Nullable String packageOf(String filePath) {
    SourceFile file = parse(filePath);
    return file == null ? null : file.importPath;
  }

  public static @Nullable SourceFile parse(String filePath) {
    if (!isSource(filePath)) {
      return null;
    }
    String dir = directoryOf(filePath);
    if (dir.isEmpty()) {
      return null;
    }
    int modules = dir.lastIndexOf(MODULES);
    int vendor = dir.lastIndexOf(VENDOR);
    if (modules >= 0 && modules > vendor) {
      return versioned(dir.substring(modules + MODULES.length()), Origin.MODULE_CACHE);
    }
    if (vendor >= 0) {
      return isGoroot(dir, vendor)
          ? of(dir.substring(vendor + 1), Origin.GOROOT)
          : of(dir.substring(vendor + VENDOR.length()), Origin.VENDOR);
    }
    return dir.startsWith("/") ? absolute(dir) : trimmed(dir);
  }

  /** The directory, with forward slashes, without a drive and without the last slash. */
  public static String directoryOf(String filePath) {
    String path = filePath.replace('\\', '/');
    if (path.length() > 2 && path.charAt(1) == ':' && path.charAt(2) == '/') {
      path = path.substring(2);
    }
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "" : path.substring(0, slash);
  }

  /** True for a path that ends in a source file's name. */
  public static boolean isSource(String filePath) {
    if (filePath.length() > MAX_LENGTH) {
      return false;
    }
    int dot = filePath.lastIndexOf('.');
    return dot > 0
        && filePath.charAt(dot - 1) != '/'
        && EXTENSIONS.contains(filePath.substring(dot + 1));
  }

  /** True when the layout proves the package; a GOPATH-like directory only suggests it. */
  public boolean isCertain() {
    return origin != Origin.GOPATH;
  }

  private static @Nullable SourceFile trimmed(String dir) {
    if (dir.indexOf('@') >= 0) {
      return versioned(dir, Origin.MODULE_CACHE);
    }
    if (hasDottedHost(dir)) {
      return of(dir, Origin.TRIMMED);
    }
    return StandardLibrary.contains(dir) ? of(dir, Origin.GOROOT) : null;
  }

  private static @Nullable SourceFile absolute(String dir) {
    int src = (dir + "/").lastIndexOf(SRC);
    while (src >= 0) {
      String rest = dir.substring(Math.min(dir.length(), src + SRC.length()));
      if (!rest.isEmpty() && StandardLibrary.contains(rest) && isGoroot(dir, src + 4)) {
        return of(rest, Origin.GOROOT);
      }
      if (hasDottedHost(rest) && dir.startsWith("/go", Math.max(0, src - 3))) {
        return of(rest, Origin.GOPATH);
      }
      src = src == 0 ? -1 : dir.lastIndexOf(SRC, src - 1);
    }
    return null;
  }

  /**
   * True when the text before {@code srcEnd} is a Go installation's {@code src}: some of the three
   * directories above it is named go, go1.22, go-1.19, golang, go_sdk or goroot. The bare {@code
   * /go} is the GOPATH of Go's own images.
   */
  private static boolean isGoroot(String dir, int srcEnd) {
    if (!dir.startsWith("/src", Math.max(0, srcEnd - 4))) {
      return false;
    }
    String above = dir.substring(0, Math.max(0, srcEnd - 4));
    if (above.equals("/go")) {
      return false;
    }
    for (int i = 0; i < 3 && !above.isEmpty(); i++) {
      int slash = above.lastIndexOf('/');
      if (isGoName(above.substring(slash + 1))) {
        return true;
      }
      above = slash < 0 ? "" : above.substring(0, slash);
    }
    return false;
  }

  private static boolean isGoName(String name) {
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    if (!lower.startsWith("go")) {
      return lower.contains("-go-");
    }
    String rest = lower.substring(2);
    return rest.isEmpty()
        || rest.equals("lang")
        || rest.equals("root")
        || rest.startsWith("_sdk")
        || rest.startsWith("-")
        || Character.isDigit(rest.charAt(0));
  }

  /** {@code <module>@<version>/<directory>}; the module cache writes capitals as {@code !x}. */
  private static @Nullable SourceFile versioned(String dir, Origin origin) {
    int at = dir.indexOf('@');
    if (at <= 0) {
      return null;
    }
    int slash = dir.indexOf('/', at);
    String module = withCapitals(dir.substring(0, at));
    String sub = slash < 0 ? "" : withCapitals(dir.substring(slash));
    if (module.equals(TOOLCHAIN)) {
      return sub.startsWith(SRC) ? of(sub.substring(SRC.length()), Origin.GOROOT) : null;
    }
    return of(module + sub, origin);
  }

  private static String withCapitals(String escaped) {
    if (escaped.indexOf('!') < 0) {
      return escaped;
    }
    StringBuilder out = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      char next = i + 1 < escaped.length() ? escaped.charAt(i + 1) : ' ';
      if (c == '!' && next >= 'a' && next <= 'z') {
        out.append((char) (next - 'a' + 'A'));
        i++;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static @Nullable SourceFile of(String importPath, Origin origin) {
    String path = importPath.startsWith("/") ? importPath.substring(1) : importPath;
    return path.isEmpty() || !GoPackage.isPlausible(path) ? null : new SourceFile(path, origin);
  }

  /** True for {@code host.example/…}: more than one element, the first a host name. */
  public static boolean hasDottedHost(String path) {
    int slash = path.indexOf('/');
    if (slash <= 0) {
      return false;
    }
    int lastDot = path.lastIndexOf('.', slash);
    if (lastDot <= 0 || lastDot == slash - 1 || path.charAt(0) == '.') {
      return false;
    }
    for (int i = 0; i < slash; i++) {
      char c = path.charAt(i);
      boolean ascii = c < 0x80 && Character.isLetterOrDigit(c);
      boolean emptyLabel = c == '.' && path.charAt(i + 1) == '.';
      if (emptyLabel || (!ascii && ".-_".indexOf(c) < 0)) {
        return false;
      }
    }
    return Character.isLetter(path.charAt(lastDot + 1));
  }
}
