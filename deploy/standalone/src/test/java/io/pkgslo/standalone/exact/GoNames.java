// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Import paths in the names that Go gives to things (reference: go-telemetry.md 2.6, 4.2, 4.3). */
final class GoNames {
  static final String STD = "std";

  /** First elements of the standard library's import paths: go-telemetry.md 2.6, step 3. */
  private static final Set<String> STANDARD_LIBRARY =
      Set.of(
          ("archive arena bufio builtin bytes cmd cmp compress container context crypto database"
                  + " debug embed encoding errors expvar flag fmt go hash html image index internal"
                  + " io iter log maps math mime net os path plugin reflect regexp runtime simd"
                  + " slices sort strconv strings structs sync syscall testing text time unicode"
                  + " unique unsafe uuid vendor weak")
              .split(" "));

  private GoNames() {}

  /** Import path of a function's symbol, as it stands there; null for what is no Go symbol. */
  static @Nullable String importPath(String symbol) {
    int bracket = symbol.indexOf('[');
    String plain = bracket < 0 ? symbol : symbol.substring(0, bracket);
    int dot = plain.indexOf('.', plain.lastIndexOf('/') + 1);
    if (dot <= 0) {
      return null;
    }
    String path = unescaped(plain.substring(0, dot));
    int vendor = path.lastIndexOf("/vendor/");
    return vendor < 0 ? path : path.substring(vendor + "/vendor/".length());
  }

  /** What a symbol names inside its package, such as {@code init.0} or {@code (*T).M}. */
  static String withinPackage(String symbol) {
    int dot = symbol.indexOf('.', symbol.lastIndexOf('/') + 1);
    return dot < 0 ? symbol : symbol.substring(dot + 1);
  }

  static boolean isStandardLibrary(String importPath) {
    return STANDARD_LIBRARY.contains(importPath.split("/", 2)[0]);
  }

  /** The package as it is counted: the standard library is one, {@code main} is the service's. */
  static String counted(String importPath, String service) {
    if (importPath.equals("main")) {
      return "main@" + service;
    }
    return isStandardLibrary(importPath) ? STD : importPath;
  }

  /** An import path that code of users has, not one of instrumentation. */
  static boolean isUserPackage(String scope) {
    int slash = scope.indexOf('/');
    return slash > 0
        && scope.substring(0, slash).contains(".")
        && !scope.startsWith("go.opentelemetry.io/");
  }

  /** Turns {@code %2e} and the like back. */
  static String unescaped(String escaped) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < escaped.length(); i++) {
      String hex = escaped.substring(i + 1, Math.min(i + 3, escaped.length()));
      if (escaped.charAt(i) == '%' && hex.matches("[0-9a-fA-F]{2}")) {
        bytes.write(Integer.parseInt(hex, 16));
        i += 2;
      } else {
        bytes.writeBytes(escaped.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
