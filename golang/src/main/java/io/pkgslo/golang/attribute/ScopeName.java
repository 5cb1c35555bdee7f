// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.attribute;

import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.golang.symbol.SourceFile;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What the name of an instrumentation scope says (reference: go-telemetry.md 4.2). Scope names are
 * not escaped.
 */
public sealed interface ScopeName {
  /** The scope is named after the package that made the telemetry. */
  record UserPackage(GoPackage pkg) implements ScopeName {}

  /**
   * An instrumentation library; the calls belong to the nearest resolved span, not to the library.
   *
   * @param library the instrumented package, or the instrumentation's own when it does not tell
   */
  record Instrumentation(GoPackage library) implements ScopeName {}

  /** A service's or component's name, an empty scope, or anything else that is no package. */
  record Opaque() implements ScopeName {}

  /**
   * Classifies a scope's name.
   *
   * @param modulePrefixes configured import path prefixes, for modules whose path has no host name
   */
  static ScopeName classify(@Nullable String name, Collection<String> modulePrefixes) {
    if (name == null || name.isBlank()) {
      return new Opaque();
    }
    String trimmed = name.strip();
    if (trimmed.equals("go.opentelemetry.io/otel/sdk/tracer")) {
      return new Opaque(); // what the SDK writes for an empty name
    }
    GoPackage instrumented = Instrumentations.libraryOf(trimmed);
    if (instrumented != null) {
      return new Instrumentation(instrumented);
    }
    GoPackage pkg = GoPackage.parse(correctTypo(trimmed));
    if (pkg == null) {
      return new Opaque();
    }
    if (modulePrefixes.stream().anyMatch(pkg::isWithin)) {
      return new UserPackage(pkg);
    }
    GoPackage byName = Instrumentations.guessByLastElement(pkg);
    if (byName != null) {
      return new Instrumentation(byName);
    }
    return SourceFile.hasDottedHost(pkg.path()) ? new UserPackage(pkg) : new Opaque();
  }

  /** Kubernetes ships one scope with a misspelt host. */
  private static String correctTypo(String name) {
    return name.startsWith("k8s.op/") ? "k8s.io/" + name.substring("k8s.op/".length()) : name;
  }
}
