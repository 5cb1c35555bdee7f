// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.attribute;

import io.pkgslo.golang.symbol.GoPackage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scopes of instrumentation libraries and what they instrument (reference: 4.2). */
final class Instrumentations {
  private static final String CONTRIB = "go.opentelemetry.io/contrib/";
  private static final String CONTRIB_INSTRUMENTATION = CONTRIB + "instrumentation/";
  private static final String AUTO = "go.opentelemetry.io/auto/";
  private static final String API = "go.opentelemetry.io/otel";

  /** Third parties whose scope does not contain the instrumented path. */
  private static final Map<String, String> THIRD_PARTY =
      Map.ofEntries(
          Map.entry("github.com/XSAM/otelsql", "database/sql"),
          Map.entry("github.com/nhatthm/otelsql", "database/sql"),
          Map.entry("go.nhat.io/otelsql", "database/sql"),
          Map.entry("github.com/uptrace/opentelemetry-go-extra/otelsql", "database/sql"),
          Map.entry("github.com/uptrace/opentelemetry-go-extra/otelgorm", "gorm.io/gorm"),
          Map.entry("github.com/uptrace/opentelemetry-go-extra/otelzap", "go.uber.org/zap"),
          Map.entry("github.com/redis/go-redis/extra/redisotel", "github.com/redis/go-redis"),
          Map.entry("github.com/go-redis/redis/extra/redisotel", "github.com/go-redis/redis"),
          Map.entry("connectrpc.com/otelconnect", "connectrpc.com/connect"),
          Map.entry("github.com/bufbuild/connect-opentelemetry-go", "connectrpc.com/connect"),
          Map.entry("github.com/exaring/otelpgx", "github.com/jackc/pgx/v5"),
          Map.entry("gorm.io/plugin/opentelemetry", "gorm.io/gorm"),
          Map.entry("github.com/riandyrn/otelchi", "github.com/go-chi/chi"),
          Map.entry("github.com/dubonzi/otelresty", "github.com/go-resty/resty"),
          Map.entry("github.com/twmb/franz-go/plugin/kotel", "github.com/twmb/franz-go"),
          Map.entry("github.com/ravilushqa/otelgqlgen", "github.com/99designs/gqlgen"),
          Map.entry("go.opentelemetry.io/otel/instrumentation/httptrace", "net/http/httptrace"));

  private Instrumentations() {}

  /** The instrumented package of a known instrumentation, else null. */
  static @Nullable GoPackage libraryOf(String scope) {
    if (scope.startsWith(CONTRIB_INSTRUMENTATION)) {
      return parse(withoutOtelElement(scope.substring(CONTRIB_INSTRUMENTATION.length())), scope);
    }
    if (scope.startsWith(AUTO)) {
      return parse(scope.substring(AUTO.length()), scope);
    }
    String known = THIRD_PARTY.get(withoutMajorVersion(scope));
    if (known != null) {
      return parse(known, scope);
    }
    boolean own = scope.startsWith(CONTRIB) || scope.equals(API) || scope.startsWith(API + "/");
    return own ? GoPackage.parse(scope) : null;
  }

  /** A package named {@code otel<something>} instruments that something, wherever it lies. */
  static @Nullable GoPackage guessByLastElement(GoPackage pkg) {
    String path = withoutMajorVersion(pkg.path());
    String last = path.substring(path.lastIndexOf('/') + 1);
    boolean otel = last.length() > 4 && last.startsWith("otel") && !last.startsWith("otelcol");
    return otel && path.indexOf('/') > 0 ? pkg : null;
  }

  private static @Nullable GoPackage parse(String path, String scope) {
    GoPackage library = GoPackage.parse(path);
    return library == null ? GoPackage.parse(scope) : library;
  }

  /** Cuts at the element {@code /otelX}; what follows names a part of the instrumentation. */
  private static String withoutOtelElement(String path) {
    int at = path.indexOf("/otel");
    return at < 0 ? path : path.substring(0, at);
  }

  private static String withoutMajorVersion(String path) {
    int slash = path.lastIndexOf('/');
    boolean version =
        slash > 0
            && slash + 2 < path.length()
            && path.charAt(slash + 1) == 'v'
            && path.substring(slash + 2).chars().allMatch(c -> c >= '0' && c <= '9');
    return version ? path.substring(0, slash) : path;
  }
}
