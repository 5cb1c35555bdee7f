// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.golang.symbol.GoSymbol;
import io.pkgslo.golang.symbol.SourceFile;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.ingest.decode.SpanView;
import io.pkgslo.model.SpanTraits;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Spans that report the initialisation of a package (reference: go-telemetry.md 1.3): {@code init
 * <path>}, {@code <path>.init} or {@code init}, of kind INTERNAL. A span that merely is called like
 * that is a call: the path must look like one, or the code attributes must name an init function.
 */
final class InitSpans {
  private static final byte[] INIT = "init".getBytes(StandardCharsets.US_ASCII);
  private static final String PREFIX = "init ";
  private static final String SUFFIX = ".init";

  private static final byte[] PROCESS = "process.init".getBytes(StandardCharsets.US_ASCII);

  private InitSpans() {}

  /**
   * True for the root that holds the inits of a process together: no package's init, and no call
   * either.
   */
  static boolean isProcess(SpanView span) {
    return span.kind() == SpanTraits.KIND_INTERNAL
        && span.parentSpanId() == 0
        && span.name().contentEquals(PROCESS);
  }

  /**
   * The initialised package: an import path, or {@code main}.
   *
   * @param scopePackage import path of the span's scope; empty when it is none
   * @return null when the span is no init
   */
  static @Nullable String packageOf(SpanView span, String scopePackage) {
    boolean internal =
        span.kind() == SpanTraits.KIND_INTERNAL || span.kind() == SpanTraits.KIND_UNSPECIFIED;
    if (!internal || !mayNameInit(span.name())) {
      return null;
    }
    String name = span.name().toString();
    String path = pathIn(name);
    if (path == null) {
      return null;
    }
    GoSymbol symbol = symbol(span);
    if (symbol != null && symbol.isInit()) {
      return symbol.goPackage().path();
    }
    if (!path.isEmpty() && !isImportPath(path)) {
      return null;
    }
    if (!scopePackage.isEmpty()) {
      return scopePackage;
    }
    GoPackage named = path.isEmpty() ? null : GoPackage.parse(path);
    return named == null ? null : named.path();
  }

  /** All three forms have the word at one end. */
  private static boolean mayNameInit(Slice name) {
    return name.startsWith(INIT) || name.endsWith(INIT);
  }

  /** What the name says besides init; empty for a bare {@code init}, null for no init's name. */
  private static @Nullable String pathIn(String name) {
    if (name.equals("init")) {
      return "";
    }
    if (name.startsWith(PREFIX)) {
      return name.substring(PREFIX.length()).strip();
    }
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : null;
  }

  private static boolean isImportPath(String path) {
    boolean nested = path.indexOf('/') > 0 && path.indexOf(' ') < 0;
    return path.equals("main") || nested || SourceFile.hasDottedHost(path);
  }

  private static @Nullable GoSymbol symbol(SpanView span) {
    Slice name = span.attributes().text(Key.CODE_FUNCTION_NAME.id());
    Slice older = name == null ? span.attributes().text(Key.CODE_FUNCTION.id()) : name;
    return older == null ? null : GoSymbol.parse(older.toString());
  }
}
