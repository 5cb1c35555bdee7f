// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The functions of one goroutine's stack, from the innermost on. */
record Stack(List<String> functions) {
  /**
   * {@code pkg.Func(args)}: the arguments begin at the last parenthesis. File lines end otherwise.
   */
  private static final Pattern FUNCTION = Pattern.compile("^(\\S.*)\\([^()]*\\)$");

  /** Code that panics for others or passes panics on: go-telemetry.md 2.6, step 4. */
  private static final List<String> HELPERS =
      List.of(
          "go.uber.org/zap",
          "github.com/sirupsen/logrus",
          "github.com/rs/zerolog",
          "k8s.io/klog/",
          "go.opentelemetry.io/otel/",
          "github.com/grpc-ecosystem/go-grpc-middleware/",
          "k8s.io/apimachinery/pkg/util/runtime",
          "golang.org/x/sync/",
          "github.com/sourcegraph/conc");

  static Stack parse(List<String> lines) {
    List<String> functions = new ArrayList<>();
    for (String line : lines) {
      Matcher function = FUNCTION.matcher(line);
      if (function.matches()) {
        functions.add(function.group(1));
      }
    }
    return new Stack(functions);
  }

  boolean hasPanic() {
    return functions.contains("panic");
  }

  /** What ran when it panicked: below the deepest {@code panic(}, all of it without one. */
  private List<String> origin() {
    return functions.subList(functions.lastIndexOf("panic") + 1, functions.size());
  }

  /** Import path of the package to blame; null if the stack shows no more than std and helpers. */
  @Nullable String blamed() {
    for (String function : origin()) {
      String path = GoNames.importPath(function);
      if (path != null
          && !GoNames.isStandardLibrary(path)
          && HELPERS.stream().noneMatch(path::startsWith)) {
        return path;
      }
    }
    return null;
  }

  /** True if it panicked while a package was initialised: the runtime below that is hidden. */
  boolean isInit() {
    List<String> origin = origin();
    return !origin.isEmpty()
        && GoNames.withinPackage(origin.get(origin.size() - 1)).matches("init(\\.\\d+)?");
  }
}
