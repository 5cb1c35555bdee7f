// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.stack.Blame;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.golang.stack.StackParser;
import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.golang.symbol.GoSymbol;
import io.pkgslo.golang.symbol.SourceFile;
import io.pkgslo.model.AttributionSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The package of a log record by what its logger says, behind {@code code.*} (reference:
 * go-telemetry.md 6): the logger's function, a stack, the logger's name; and, for a record that
 * names no span, the path of a file. Mutable, single-threaded.
 */
final class LogPackages {
  private static final List<String> FUNCTIONS =
      List.of("func", "source.function", "function", "F", "caller.function");
  private static final List<String> STACKS =
      List.of("code.stacktrace", "exception.stacktrace", "stacktrace", "stack", "S", "stack_trace");
  static final List<String> LOGGERS = List.of("logger", "logger_name", "N", "logger.name");
  private static final List<String> FILES =
      List.of("source.file", "file", "file.path", "caller", "source");

  private final BlamePolicy policy;
  private final Mains mains;
  private final ScopePackages scopes;
  private AttributionSource source = AttributionSource.NONE;

  LogPackages(BlamePolicy policy, Mains mains, ScopePackages scopes) {
    this.policy = policy;
    this.mains = mains;
    this.scopes = scopes;
  }

  /** Import path; empty when nothing says. {@link #source} tells what did. */
  String of(LogFields fields, ScopeInfo scope, boolean namesSpan, String service) {
    String file = fields.first(FILES);
    GoSymbol symbol = GoSymbol.parse(fields.first(FUNCTIONS));
    if (symbol != null) {
      String path = mains.path(symbol.goPackage(), file.isEmpty() ? null : file, service);
      return decided(path, AttributionSource.LOGGER);
    }
    GoPackage stack = ofStack(fields.first(STACKS));
    if (stack != null) {
      String path = mains.path(stack, file.isEmpty() ? null : file, service);
      return decided(path, AttributionSource.STACK);
    }
    if (!scope.goPackage().isEmpty()) {
      return decided(scope.goPackage(), AttributionSource.SCOPE);
    }
    String logger = decided(scopes.packageOf(fields.first(LOGGERS)), AttributionSource.LOGGER);
    return logger.isEmpty() && !namesSpan
        ? decided(ofFile(file, service), AttributionSource.FILE)
        : logger;
  }

  /** What decided the last answer. */
  AttributionSource source() {
    return source;
  }

  private String decided(String path, AttributionSource by) {
    source = path.isEmpty() ? AttributionSource.NONE : by;
    return path;
  }

  private @Nullable GoPackage ofStack(String stack) {
    if (stack.isEmpty()) {
      return null;
    }
    GoPackage blamed = Blame.of(StackParser.parse(stack), policy).pkg();
    return blamed.isUnattributed() ? null : blamed;
  }

  private String ofFile(String file, String service) {
    String path = SourceFile.packageOf(withoutLine(file));
    return path == null ? "" : mains.path(GoPackage.parse(path), file, service);
  }

  /** {@code /src/x.go:12} as zerolog writes it. */
  private static String withoutLine(String file) {
    int colon = file.lastIndexOf(':');
    boolean numbered =
        colon > 0
            && colon < file.length() - 1
            && file.substring(colon + 1).chars().allMatch(Character::isDigit);
    return numbered ? file.substring(0, colon) : file;
  }
}
