// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.init;

import io.pkgslo.golang.symbol.GoPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code GODEBUG=inittrace=1} (reference: go-telemetry.md 1.1).
 *
 * @param pkg the initialised package, {@code main} unresolved; the standard library folded
 * @param importPath as printed, unescaped, not folded: {@code runtime} starts a process run
 * @param atMillis start of the init since the runtime's start
 * @param clockNanos its wall time; Go prints two digits and whole milliseconds from 10 ms on, and 0
 *     for less than a microsecond
 * @param bytes heap allocated by the init's goroutine
 * @param allocs its number of allocations
 */
public record InitLine(
    GoPackage pkg, String importPath, double atMillis, long clockNanos, long bytes, long allocs) {
  private static final String START = "init ";
  private static final int MAX_DIGITS = 15;

  public InitLine {
    Objects.requireNonNull(pkg, "pkg");
    Objects.requireNonNull(importPath, "importPath");
  }

  /** True for the line that every new process prints among its first. */
  public boolean startsRun() {
    return importPath.equals("runtime");
  }

  /**
   * Every whole init line inside a line. The runtime writes a line in twelve pieces, so other
   * writers may glue theirs to it or split it; what is not whole is dropped. Linear in the line.
   */
  public static List<InitLine> findAll(String line) {
    int at = line.indexOf(START);
    if (at < 0) {
      return List.of();
    }
    List<InitLine> found = new ArrayList<>();
    while (at >= 0) {
      Scanner scanner = new Scanner(line, at + START.length());
      InitLine init = scanner.read();
      if (init != null) {
        found.add(init);
      }
      at = line.indexOf(START, Math.max(at + 1, scanner.progress()));
    }
    return found;
  }

  /** Reads forward only; stops at the first character that does not fit. */
  private static final class Scanner {
    private final String line;
    private int at;
    private int pathEnd;

    Scanner(String line, int at) {
      this.line = line;
      this.at = at;
      this.pathEnd = at;
    }

    /** Where the search may go on: the path holds no blank, so no other line starts within it. */
    int progress() {
      return pathEnd - START.length();
    }

    @Nullable InitLine read() {
      while (pathEnd < line.length() && line.charAt(pathEnd) > ' ') {
        pathEnd++;
      }
      String path = line.substring(at, pathEnd);
      at = pathEnd;
      long start = expect(" @") ? nanos() : -1;
      long clock = start >= 0 && expect(" ms, ") ? nanos() : -1;
      long bytes = clock >= 0 && expect(" ms clock, ") ? whole() : -1;
      long allocs = bytes >= 0 && expect(" bytes, ") ? whole() : -1;
      GoPackage pkg = allocs >= 0 && expect(" allocs") ? GoPackage.parse(path) : null;
      if (pkg == null) {
        return null;
      }
      String importPath = GoPackage.unescape(path);
      return new InitLine(pkg, importPath, start / 1e6, clock, bytes, allocs);
    }

    private boolean expect(String literal) {
      if (!line.startsWith(literal, at)) {
        return false;
      }
      at += literal.length();
      return true;
    }

    private long whole() {
      int from = at;
      long value = 0;
      while (at < line.length() && isDigit(line.charAt(at)) && at - from < MAX_DIGITS) {
        value = value * 10 + (line.charAt(at++) - '0');
      }
      return at == from ? -1 : value;
    }

    /** Milliseconds with up to six decimals, exactly. */
    private long nanos() {
      long value = whole();
      if (value < 0 || value > Long.MAX_VALUE / 10_000_000) {
        return -1;
      }
      long nanos = value * 1_000_000;
      if (at < line.length() && line.charAt(at) == '.') {
        at++;
        long unit = 100_000;
        int from = at;
        while (at < line.length() && isDigit(line.charAt(at)) && at - from < MAX_DIGITS) {
          nanos += (line.charAt(at++) - '0') * unit;
          unit /= 10;
        }
        if (at == from) {
          return -1;
        }
      }
      return nanos;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
