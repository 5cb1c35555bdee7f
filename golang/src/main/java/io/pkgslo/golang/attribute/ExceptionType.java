// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.attribute;

import io.pkgslo.golang.symbol.GoPackage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code exception.type} as the Go SDK writes it (reference: go-telemetry.md 3.1 and
 * 4.3): values carry the whole, unescaped import path, pointers only the package's short name.
 *
 * @param pkg the package of the type; null for pointers and for types of no package ({@code
 *     .string})
 * @param shortName the package's name where the path is not known; null otherwise
 * @param name the type within its package, without type arguments
 */
public record ExceptionType(@Nullable GoPackage pkg, @Nullable String shortName, String name) {
  public ExceptionType {
    Objects.requireNonNull(name, "name");
  }

  /** The package of a type's value, null when the type does not tell it. */
  public static @Nullable GoPackage packageOf(String exceptionType) {
    ExceptionType type = parse(exceptionType);
    return type == null ? null : type.pkg;
  }

  /** Null for what is no type of a package ({@code map[…]…}, {@code .string}, prose). */
  public static @Nullable ExceptionType parse(String exceptionType) {
    int start = skipPrefixes(exceptionType);
    boolean pointer = exceptionType.startsWith("*");
    int bracket = exceptionType.indexOf('[', start);
    String plain = exceptionType.substring(start, bracket < 0 ? exceptionType.length() : bracket);
    int dot = plain.lastIndexOf('.');
    if (dot <= 0 || dot == plain.length() - 1 || dot < plain.lastIndexOf('/')) {
      return null;
    }
    GoPackage pkg = GoPackage.parse(plain.substring(0, dot));
    if (pkg == null) {
      return null;
    }
    String name = plain.substring(dot + 1);
    boolean isShort = pointer && plain.indexOf('/') < 0 && !plain.startsWith("runtime.");
    return isShort && !plain.startsWith("main.")
        ? new ExceptionType(null, plain.substring(0, dot), name)
        : new ExceptionType(pkg, null, name);
  }

  /**
   * True for types that {@code RecordError} practically never sees: errors of the runtime itself,
   * and values of built-in types, which are no errors at all.
   */
  public static boolean provesPanic(String exceptionType) {
    return exceptionType.startsWith("runtime.")
        || exceptionType.startsWith("*runtime.")
        || (exceptionType.length() > 1 && exceptionType.charAt(0) == '.');
  }

  /** True when this type may be of that package: by its path, or by its short name. */
  public boolean mayBeOf(GoPackage candidate) {
    return pkg != null ? pkg.equals(candidate) : candidate.shortName().equals(shortName);
  }

  private static int skipPrefixes(String type) {
    int i = 0;
    while (i < type.length()) {
      char c = type.charAt(i);
      if (c == '[') {
        int close = i + 1;
        while (close < type.length() && Character.isDigit(type.charAt(close))) {
          close++;
        }
        if (close >= type.length() || type.charAt(close) != ']') {
          return i;
        }
        i = close + 1;
      } else if (c == '*') {
        i++;
      } else {
        return i;
      }
    }
    return i;
  }
}
