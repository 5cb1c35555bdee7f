// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.attribute;

import io.pkgslo.golang.stack.FramePackages;
import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.golang.symbol.GoSymbol;
import io.pkgslo.golang.symbol.SourceFile;
import org.jspecify.annotations.Nullable;

/**
 * The package that {@code code.*} attributes name, over all versions of the conventions and of the
 * log bridges (reference: go-telemetry.md 4.1). Joining namespace and function undoes every split
 * that a bridge made.
 */
public final class CodeAttributes {
  private CodeAttributes() {}

  /**
   * Null when the attributes name no package.
   *
   * @param functionName {@code code.function.name}
   * @param namespace {@code code.namespace}: import path, package name, or a symbol up to its last
   *     dot
   * @param function {@code code.function}: short name or whole symbol
   * @param filePath {@code code.file.path} or {@code code.filepath}
   */
  public static @Nullable GoPackage packageOf(
      @Nullable String functionName,
      @Nullable String namespace,
      @Nullable String function,
      @Nullable String filePath) {
    GoPackage named =
        ofNames(present(functionName), present(namespace), present(function), filePath);
    if (named != null || filePath == null) {
      return named;
    }
    String path = SourceFile.packageOf(filePath);
    return path == null ? null : GoPackage.parse(path);
  }

  private static @Nullable GoPackage ofNames(
      @Nullable String functionName,
      @Nullable String namespace,
      @Nullable String function,
      @Nullable String filePath) {
    if (functionName != null) {
      GoPackage named = ofSymbol(functionName, filePath);
      if (named != null) {
        return named;
      }
    }
    if (namespace == null) {
      return function == null ? null : ofSymbol(function, filePath);
    }
    if (function != null && (function.startsWith(namespace + ".") || function.indexOf('/') >= 0)) {
      return ofSymbol(function, filePath);
    }
    if (isVersionedPath(namespace)) {
      return GoPackage.parse(namespace);
    }
    return ofSymbol(function == null ? namespace : namespace + "." + function, filePath);
  }

  private static @Nullable GoPackage ofSymbol(String text, @Nullable String filePath) {
    GoSymbol symbol = GoSymbol.parse(text);
    if (symbol != null) {
      return FramePackages.packageOf(symbol, filePath);
    }
    boolean path = text.indexOf('/') > 0 && text.indexOf('.', text.lastIndexOf('/')) < 0;
    return path ? GoPackage.parse(text) : null;
  }

  /** A hand-written {@code gopkg.in/yaml.v3}; a runtime symbol would have escaped the dot. */
  private static boolean isVersionedPath(String namespace) {
    int dot = namespace.lastIndexOf('.');
    return dot > 0
        && namespace.indexOf('/') > 0
        && dot > namespace.lastIndexOf('/')
        && dot + 2 < namespace.length()
        && namespace.charAt(dot + 1) == 'v'
        && namespace.substring(dot + 2).chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static @Nullable String present(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }
}
