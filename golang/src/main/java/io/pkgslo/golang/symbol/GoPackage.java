// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.symbol;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Go package by its import path, as the SLIs count it: the standard library is the one package
 * {@link #STD}, vendoring prefixes are gone, major-version suffixes such as {@code /v2} belong to
 * the path. {@code main} means a program whose own import path is not known yet; see {@code
 * MainResolver}.
 *
 * @param path never empty, at most {@link #MAX_LENGTH} characters when it comes from {@link #parse}
 */
public record GoPackage(String path) implements Comparable<GoPackage> {
  public static final int MAX_LENGTH = 512;

  /** All of the standard library. */
  public static final GoPackage STD = new GoPackage("std");

  /** The program's own package before resolution. */
  public static final GoPackage MAIN = new GoPackage("main");

  /** A service's bucket for what no rule could attribute. */
  public static final GoPackage UNATTRIBUTED = new GoPackage("(unattributed)");

  private static final String VENDOR = "/vendor/";

  public GoPackage {
    Objects.requireNonNull(path, "path");
    if (path.isEmpty()) {
      throw new IllegalArgumentException("import path is empty");
    }
    path = fold(path);
  }

  /**
   * Takes an unescaped or escaped import path from untrusted input; null when it cannot be one
   * (empty, too long, or with a character that import paths never have).
   */
  public static @Nullable GoPackage parse(String importPath) {
    if (importPath.isEmpty() || importPath.length() > MAX_LENGTH || !isPlausible(importPath)) {
      return null;
    }
    String path = PercentCode.decode(importPath);
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return path.isEmpty() || path.startsWith("/") ? null : new GoPackage(path);
  }

  /** Undoes the linker's escapes ({@code %2e}), without folding or checking anything. */
  public static String unescape(String escapedPath) {
    return PercentCode.decode(escapedPath);
  }

  /** Unresolved {@code main} of one service, so that programs of two services never merge. */
  public static GoPackage mainOf(String service) {
    return new GoPackage("main@" + service);
  }

  public boolean isStd() {
    return path.equals(STD.path);
  }

  /** True for {@code main} before resolution and for {@code main@service}. */
  public boolean isMain() {
    return path.equals("main") || path.startsWith("main@");
  }

  public boolean isUnattributed() {
    return path.equals(UNATTRIBUTED.path);
  }

  /** True when the path equals the prefix or lies below it. */
  public boolean isWithin(String prefix) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length()
            || prefix.endsWith("/")
            || path.charAt(prefix.length()) == '/');
  }

  /**
   * The name that Go code uses for this package as far as the path tells: the last element without
   * a major version, {@code yaml} for {@code gopkg.in/yaml.v3} and {@code chi} for {@code
   * github.com/go-chi/chi/v5}.
   */
  public String shortName() {
    String rest = path;
    int slash = rest.lastIndexOf('/');
    if (slash > 0 && isMajorVersion(rest, slash + 1)) {
      rest = rest.substring(0, slash);
      slash = rest.lastIndexOf('/');
    }
    String last = rest.substring(slash + 1);
    int dot = last.lastIndexOf('.');
    return dot > 0 && isMajorVersion(last, dot + 1) ? last.substring(0, dot) : last;
  }

  @Override
  public int compareTo(GoPackage other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return path;
  }

  static boolean isMajorVersion(String text, int from) {
    if (from + 1 >= text.length() || text.charAt(from) != 'v') {
      return false;
    }
    for (int i = from + 1; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** The characters that the go command refuses in an import path; '%' is the linker's escape. */
  static boolean isPlausible(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c <= ' ' || c == 0x7f || c == 0xfffd || "!\"#$&'()*,:;<=>?@[\\]^`{|}".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static String fold(String path) {
    int vendor = path.lastIndexOf(VENDOR);
    String inner = vendor < 0 ? path : path.substring(vendor + VENDOR.length());
    if (inner.isEmpty()) {
      return path;
    }
    return StandardLibrary.contains(inner) ? "std" : inner;
  }
}
