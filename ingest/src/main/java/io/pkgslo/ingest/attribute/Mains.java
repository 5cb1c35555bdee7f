// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.crash.GoPanic;
import io.pkgslo.golang.stack.Frame;
import io.pkgslo.golang.stack.MainResolver;
import io.pkgslo.golang.stack.StackParser;
import io.pkgslo.golang.symbol.GoPackage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Packages as they are published: {@code main} resolved, the unknown as an empty text. */
final class Mains {
  private final MainResolver resolver;

  /**
   * @param sourceRoots build directory to import path
   */
  Mains(PackageRules rules, Map<String, String> sourceRoots) {
    resolver = new MainResolver(rules.mainPackages(), sourceRoots);
  }

  /** Import path of a package that a span or log names; empty when it names none. */
  String path(@Nullable GoPackage named, @Nullable String filePath, String service) {
    if (named == null || named.isUnattributed()) {
      return "";
    }
    return named.equals(GoPackage.MAIN)
        ? resolver.resolve(filePath, service).pkg().path()
        : named.path();
  }

  /** Import path that a panic blames; empty when nothing is known. */
  String path(GoPanic panic, String service) {
    GoPackage blamed = panic.pkg();
    if (blamed.isUnattributed()) {
      return "";
    }
    if (!blamed.equals(GoPackage.MAIN)) {
      return blamed.path();
    }
    List<Frame> frames = StackParser.parse(panic.stack()).frames();
    GoPackage resolved = resolver.resolve(panic.blamed(), frames, service).pkg();
    return resolved.isUnattributed() ? "" : resolved.path();
  }
}
