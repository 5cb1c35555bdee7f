// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.golang.symbol.GoPackage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reference: go-telemetry.md 4.1, 4.2, 4.3 and 6. */
class CodeAttributesTest {
  @ParameterizedTest(name = "{index}: {0} {1} {2} {3}")
  @CsvSource(
      nullValues = "-",
      value = {
        // bridges 0.12 and later; conventions 1.32 and later
        "github.com/my/repo/pkg.(*T).Method,-,-,/src/x.go,github.com/my/repo/pkg",
        // bridges 0.7, 0.10 and 0.11
        "-,-,github.com/my/repo/pkg.(*T).Method,/src/x.go,github.com/my/repo/pkg",
        // bridges 0.8 and 0.9
        "-,github.com/my/repo/pkg.(*T),Method,/src/x.go,github.com/my/repo/pkg",
        "-,github.com/my/repo/pkg,Fn,/src/x.go,github.com/my/repo/pkg",
        "-,github.com/my/repo/pkg/yaml%2ev3.(*T),Method,-,github.com/my/repo/pkg/yaml.v3",
        // written by hand
        "-,github.com/my/repo/pkg,-,-,github.com/my/repo/pkg",
        "-,gopkg.in/yaml.v3,Unmarshal,-,gopkg.in/yaml.v3",
        "-,billing,Charge,-,billing",
        "-,github.com/my/repo,github.com/my/repo/pkg.Fn,-,github.com/my/repo/pkg",
        "-,main,main,-,main",
        // only a file
        "-,-,-,example.com/acme/shop.v2/internal/billing/b.go,example.com/acme/shop.v2/internal/billing",
        "-,-,Charge,/go/pkg/mod/github.com/a/b@v1.0.0/x.go,github.com/a/b",
        // closure inlined into another package: the file tells
        "a.b/caller.Caller.Foo.func1,-,-,a.b/callee/c.go,a.b/callee",
        // nothing
        "-,-,Charge,-,-",
        "-,-,-,-,-",
        "net/http.(*conn).serve,-,-,-,std",
      })
  void packageOf_overAllVersions(
      String functionName, String namespace, String function, String file, String expected) {
    GoPackage pkg = CodeAttributes.packageOf(functionName, namespace, function, file);

    assertThat(pkg == null ? null : pkg.path()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "github.com/dolthub/dolt/go/store/nbs,user,github.com/dolthub/dolt/go/store/nbs",
    "k8s.io/component-base/tracing,user,k8s.io/component-base/tracing",
    "k8s.op/apiserver/pkg/endpoints/filterlatency,user,k8s.io/apiserver/pkg/endpoints/filterlatency",
    "shop/internal/billing,user,shop/internal/billing",
    "example.com/x/yaml.v3,user,example.com/x/yaml.v3",
    "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp,lib,std",
    "go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc,lib,google.golang.org/grpc",
    "go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin,lib,github.com/gin-gonic/gin",
    "go.opentelemetry.io/contrib/instrumentation/github.com/gorilla/mux/otelmux,lib,github.com/gorilla/mux",
    "go.opentelemetry.io/contrib/instrumentation/go.mongodb.org/mongo-driver/v2/mongo/otelmongo,lib,go.mongodb.org/mongo-driver/v2/mongo",
    "go.opentelemetry.io/contrib/instrumentation/github.com/aws/aws-sdk-go-v2/otelaws,lib,github.com/aws/aws-sdk-go-v2",
    "go.opentelemetry.io/contrib/instrumentation/runtime,lib,std",
    "go.opentelemetry.io/otel/instrumentation/httptrace,lib,std",
    "go.opentelemetry.io/auto/database/sql,lib,std",
    "go.opentelemetry.io/auto/github.com/segmentio/kafka-go,lib,github.com/segmentio/kafka-go",
    "github.com/XSAM/otelsql,lib,std",
    "github.com/redis/go-redis/extra/redisotel/v9,lib,github.com/redis/go-redis",
    "connectrpc.com/otelconnect,lib,connectrpc.com/connect",
    "github.com/exaring/otelpgx,lib,github.com/jackc/pgx/v5",
    "gorm.io/plugin/opentelemetry,lib,gorm.io/gorm",
    "github.com/somebody/oteltemporal,lib,github.com/somebody/oteltemporal",
    "checkout,opaque,",
    "product-catalog,opaque,",
    "API,opaque,",
    "go.opentelemetry.io/otel/sdk/tracer,opaque,",
    "GET /foo.bar/x,opaque,",
    "net/http,opaque,",
    "./a/b,opaque,",
    "1.2/3,opaque,",
    "other/internal/x,opaque,",
  })
  void scope_isUserLibraryOrOpaque(String name, String kind, String expected) {
    ScopeName scope = ScopeName.classify(name, List.of("shop"));

    String path = null;
    String found = "opaque";
    if (scope instanceof ScopeName.UserPackage user) {
      path = user.pkg().path();
      found = "user";
    } else if (scope instanceof ScopeName.Instrumentation library) {
      path = library.library().path();
      found = "lib";
    }
    assertThat(found).isEqualTo(kind);
    assertThat(path).isEqualTo(expected);
  }

  @Test
  void scope_emptyIsOpaque() {
    assertThat(ScopeName.classify(null, List.of())).isEqualTo(new ScopeName.Opaque());
    assertThat(ScopeName.classify(" ", List.of())).isEqualTo(new ScopeName.Opaque());
  }

  /** Types as captured from the SDK: {@code exception-types.txt}. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'.string',-,-",
        "'.int',-,-",
        "*errors.errorString,-,errors",
        "*fmt.wrapError,-,fmt",
        "main.valErr,main,-",
        "*main.ptrErr,main,-",
        "example.com/acme/shop.v2/internal/billing.Order,example.com/acme/shop.v2/internal/billing,-",
        "*yaml.Decoder,-,yaml",
        "'example.com/acme/shop.v2/pkg/yaml.v3.Set[example.com/acme/shop.v2/internal/billing.Order]',example.com/acme/shop.v2/pkg/yaml.v3,-",
        "'*yaml.Set[example.com/acme/shop.v2/internal/billing.Order]',-,yaml",
        "runtime.plainError,std,-",
        "*runtime.TypeAssertionError,std,-",
        "'[]main.T',main,-",
        "'map[string]main.T',-,-",
        "'',-,-",
        "'*',-,-",
      })
  void exceptionType_packageOrShortName(String type, String path, String shortName) {
    ExceptionType parsed = ExceptionType.parse(type);

    GoPackage pkg = ExceptionType.packageOf(type);
    assertThat(pkg == null ? null : pkg.path()).isEqualTo(path);
    assertThat(parsed == null ? null : parsed.shortName()).isEqualTo(shortName);
  }

  @Test
  void exceptionType_pointerMatchesByLastElement() {
    ExceptionType type = ExceptionType.parse("*yaml.Decoder");

    assertThat(type).isNotNull();
    assertThat(type.mayBeOf(new GoPackage("example.com/acme/shop.v2/pkg/yaml.v3"))).isTrue();
    assertThat(type.mayBeOf(new GoPackage("example.com/acme/json"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'.string',true",
    "runtime.boundsError,true",
    "*runtime.TypeAssertionError,true",
    "*errors.errorString,false",
    "example.com/runtime.X,false"
  })
  void exceptionType_provesPanic(String type, boolean proof) {
    assertThat(ExceptionType.provesPanic(type)).isEqualTo(proof);
  }

  @Test
  void log_takesFieldsInOrder() {
    String stack = "net/http.F\n\t/usr/local/go/src/net/http/x.go:1\na.b/c.G\n\t/src/c/x.go:2";

    assertThat(log(Map.of("code.function.name", "a.b/c.F", "func", "a.b/d.F")))
        .isEqualTo("a.b/c CODE_ATTRIBUTES");
    assertThat(log(Map.of("source.function", "a.b/c.F"))).isEqualTo("a.b/c FUNCTION_FIELD");
    assertThat(log(Map.of("func", "a.b/c.(*T).F", "file", "/p/x.go:12")))
        .isEqualTo("a.b/c FUNCTION_FIELD");
    assertThat(log(Map.of("stacktrace", stack))).isEqualTo("a.b/c STACK");
    assertThat(log(Map.of("logger", "a.b/c", "caller", "c/x.go:10")))
        .isEqualTo("a.b/c LOGGER_NAME");
    assertThat(log(Map.of("caller", "a.b/c/x.go:10"))).isEqualTo("a.b/c FILE");
    assertThat(log(Map.of("caller", "billing/b.go:10", "logger", "billing"))).isNull();
    assertThat(log(Map.of("caller", "errors/x.go:10"))).isNull();
    assertThat(log(Map.of("function", "upload.file"))).isNull();
  }

  private static String log(Map<String, String> fields) {
    LogPackage log = LogPackage.of(fields, null, List.of());
    return log == null ? null : log.pkg().path() + " " + log.source();
  }
}
