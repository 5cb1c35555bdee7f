// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.stack;

import io.pkgslo.golang.symbol.GoSymbol;
import io.pkgslo.golang.symbol.SourceFile;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One frame of a goroutine's stack, innermost first.
 *
 * @param symbol as printed, without arguments; a dot and the bare function, if any, when the
 *     producer or a lossy transport left only the file
 * @param go the symbol taken apart; null for {@code panic}, C functions and file-only frames
 * @param file as printed, null when the line is missing
 * @param line 0 when unknown
 */
public record Frame(
    String symbol, @Nullable GoSymbol go, @Nullable String file, int line, Role role) {
  /** What the frame is to the blame algorithm. */
  public enum Role {
    CALL,
    /** {@code panic(…)} or {@code runtime.gopanic}: the frames below it are a panic's origin. */
    PANIC,
    CREATED_BY
  }

  public Frame {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(role, "role");
  }

  static Frame of(String symbol, @Nullable String file, int line) {
    Role role = symbol.equals("panic") || symbol.equals("runtime.gopanic") ? Role.PANIC : Role.CALL;
    return new Frame(symbol, GoSymbol.parse(symbol), file, line, role);
  }

  static Frame createdBy(String symbol, @Nullable String file, int line) {
    return new Frame(symbol, GoSymbol.parse(symbol), file, line, Role.CREATED_BY);
  }

  /**
   * A frame of gin's recovery, whose functions come without a package; where the file tells the
   * package, the symbol is put together again.
   */
  static Frame fileOnly(String function, String file, int line) {
    boolean panic = function.equals("gopanic") && file.endsWith("runtime/panic.go");
    String path = function.isEmpty() ? null : SourceFile.packageOf(file);
    GoSymbol go = path == null ? null : new GoSymbol(path, function);
    String symbol = go == null ? "." + function : path + "." + function;
    return new Frame(symbol, go, file, line, panic ? Role.PANIC : Role.CALL);
  }

  /** True when only the file can tell the package. */
  boolean isFileOnly() {
    return go == null && symbol.startsWith(".");
  }

  /** The function without its package, or an empty text. */
  public String function() {
    return go != null ? go.function() : isFileOnly() ? symbol.substring(1) : symbol;
  }
}
