// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.symbol;

import java.util.Set;

/**
 * Knows the standard library by the first element of an import path (reference: go-telemetry.md 2.6
 * step 3). A missing dot in that element proves nothing: {@code myapp/internal/x} is a real module.
 */
final class StandardLibrary {
  private static final Set<String> FIRST_ELEMENTS =
      Set.of(
          "archive",
          "arena",
          "bufio",
          "builtin",
          "bytes",
          "cmd",
          "cmp",
          "compress",
          "container",
          "context",
          "crypto",
          "database",
          "debug",
          "embed",
          "encoding",
          "errors",
          "expvar",
          "flag",
          "fmt",
          "go",
          "hash",
          "html",
          "image",
          "index",
          "internal",
          "io",
          "iter",
          "log",
          "maps",
          "math",
          "mime",
          "net",
          "os",
          "path",
          "plugin",
          "reflect",
          "regexp",
          "runtime",
          "simd",
          "slices",
          "sort",
          "strconv",
          "strings",
          "structs",
          "sync",
          "syscall",
          "testing",
          "text",
          "time",
          "unicode",
          "unique",
          "unsafe",
          "uuid",
          "vendor",
          "weak");

  /** A plugin built from loose files; it shares its first element with the package plugin. */
  private static final String UNNAMED_PLUGIN = "plugin/unnamed-";

  private StandardLibrary() {}

  static boolean contains(String importPath) {
    int slash = importPath.indexOf('/');
    String first = slash < 0 ? importPath : importPath.substring(0, slash);
    return FIRST_ELEMENTS.contains(first) && !importPath.startsWith(UNNAMED_PLUGIN);
  }
}
