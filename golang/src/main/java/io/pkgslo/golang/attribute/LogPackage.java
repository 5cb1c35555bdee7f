// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.attribute;

import io.pkgslo.golang.log.JsonFields;
import io.pkgslo.golang.stack.Blame;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.golang.stack.Blamed;
import io.pkgslo.golang.stack.StackParser;
import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.golang.symbol.GoSymbol;
import io.pkgslo.golang.symbol.SourceFile;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The package that wrote a log record, by the record's own fields (reference: go-telemetry.md 6,
 * "Package of a log"); the span's package is the caller's next resort.
 *
 * @param source which field decided
 */
public record LogPackage(GoPackage pkg, Source source) {
  /** The sources in the order in which they are asked. */
  public enum Source {
    CODE_ATTRIBUTES,
    FUNCTION_FIELD,
    STACK,
    LOGGER_NAME,
    SCOPE_NAME,
    FILE
  }

  private static final List<String> FUNCTION_FIELDS =
      List.of("source.function", "func", "F", "caller.function", "function", "caller_func");
  private static final List<String> STACK_FIELDS =
      List.of("stacktrace", "stack", "code.stacktrace", "exception.stacktrace", "S", "stack_trace");
  private static final List<String> LOGGER_FIELDS = List.of("logger", "N", "logger_name", "name");
  private static final List<String> FILE_FIELDS =
      List.of("source.file", "file", "caller", "C", "code.file.path", "code.filepath");

  public LogPackage {
    Objects.requireNonNull(pkg, "pkg");
    Objects.requireNonNull(source, "source");
  }

  /**
   * Null when no field tells.
   *
   * @param fields attributes, or the fields of a JSON body, flattened with dots
   * @param scope the instrumentation scope's name
   * @param modulePrefixes as for {@link ScopeName#classify}
   */
  public static @Nullable LogPackage of(
      Map<String, String> fields, @Nullable String scope, Collection<String> modulePrefixes) {
    GoPackage code =
        CodeAttributes.packageOf(
            fields.get("code.function.name"),
            fields.get("code.namespace"),
            fields.get("code.function"),
            null);
    if (code != null) {
      return new LogPackage(code, Source.CODE_ATTRIBUTES);
    }
    GoPackage named = byFunction(fields);
    if (named != null) {
      return new LogPackage(named, Source.FUNCTION_FIELD);
    }
    GoPackage stack = byStack(fields);
    if (stack != null) {
      return new LogPackage(stack, Source.STACK);
    }
    GoPackage logger = byName(JsonFields.first(fields, LOGGER_FIELDS), modulePrefixes);
    if (logger != null) {
      return new LogPackage(logger, Source.LOGGER_NAME);
    }
    GoPackage byScope = byName(scope, modulePrefixes);
    if (byScope != null) {
      return new LogPackage(byScope, Source.SCOPE_NAME);
    }
    GoPackage file = byFile(fields);
    return file == null ? null : new LogPackage(file, Source.FILE);
  }

  /** A field named function may be anything; only a whole symbol counts. */
  private static @Nullable GoPackage byFunction(Map<String, String> fields) {
    for (String key : FUNCTION_FIELDS) {
      String value = fields.get(key);
      GoSymbol symbol = value == null ? null : GoSymbol.parse(value);
      boolean whole = value != null && (value.indexOf('/') > 0 || value.startsWith("main."));
      if (symbol != null && (whole || key.equals("func") || key.equals("source.function"))) {
        return symbol.goPackage();
      }
    }
    return null;
  }

  private static @Nullable GoPackage byStack(Map<String, String> fields) {
    String text = JsonFields.first(fields, STACK_FIELDS);
    if (text == null || text.startsWith("[")) {
      return null;
    }
    Blamed blamed = Blame.of(StackParser.parse(text), BlamePolicy.DEFAULT);
    return blamed.pkg().isUnattributed() || blamed.pkg().isStd() ? null : blamed.pkg();
  }

  private static @Nullable GoPackage byName(
      @Nullable String name, Collection<String> modulePrefixes) {
    return ScopeName.classify(name, modulePrefixes) instanceof ScopeName.UserPackage user
        ? user.pkg()
        : null;
  }

  /** zap's {@code dir/file.go:12} never tells; absolute and trimmed paths may. */
  private static @Nullable GoPackage byFile(Map<String, String> fields) {
    for (String key : FILE_FIELDS) {
      String value = fields.get(key);
      if (value == null) {
        continue;
      }
      int colon = value.lastIndexOf(".go:");
      SourceFile file = SourceFile.parse(colon < 0 ? value : value.substring(0, colon + 3));
      boolean relativeStd =
          file != null
              && file.origin() == SourceFile.Origin.GOROOT
              && value.indexOf('/') == value.lastIndexOf('/');
      if (file != null && !relativeStd) {
        return GoPackage.parse(file.importPath());
      }
    }
    return null;
  }
}
