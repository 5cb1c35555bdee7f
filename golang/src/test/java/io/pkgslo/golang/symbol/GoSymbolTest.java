// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: go-telemetry.md 2.3 and 4.3. */
class GoSymbolTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "example.com/acme/shop.v2/internal/billing.helper | example.com/acme/shop.v2/internal/billing | helper",
        "example.com/acme/shop.v2/pkg/yaml%2ev3.(*Decoder).Decode | example.com/acme/shop.v2/pkg/yaml.v3 | (*Decoder).Decode",
        "example.com/acme/shop.v2/pkg/yaml%2ev3.(*Set[...]).Add | example.com/acme/shop.v2/pkg/yaml.v3 | (*Set[...]).Add",
        "example.com/acme/shop.v2/pkg/yaml%2ev3.Map[...] | example.com/acme/shop.v2/pkg/yaml.v3 | Map[...]",
        "dict.Map[string,example.com/acme/shop.v2/internal/billing.Order] | dict | Map[...]",
        "a.b/c.Map[go.shape.string,go.shape.struct { ID int }] | a.b/c | Map[...]",
        "x.y/z.T[...].M[...] | x.y/z | T[...].M[...]",
        "main.main | main | main",
        "main.main.func4.1 | main | main.func4.1",
        "main.T.Val | main | T.Val",
        "net/http.(*Server).Serve | net/http | (*Server).Serve",
        "net/http.(*conn).serve.func1 | net/http | (*conn).serve.func1",
        "runtime.gopanic | runtime | gopanic",
        "oldapp/vendor/gopkg.in/yaml%2ev2.Boom | gopkg.in/yaml.v2 | Boom",
        "github.com/hyperledger/fabric/vendor/golang.org/x/net/trace.init.0 | golang.org/x/net/trace | init.0",
        "vendor/golang.org/x/net/http2/hpack.init | vendor/golang.org/x/net/http2/hpack | init",
        "example.com/acme/shop.v2/pkg/yaml%2ev3.(*Decoder).Decode-fm | example.com/acme/shop.v2/pkg/yaml.v3 | (*Decoder).Decode",
        "example.com/a/b.glob..func1 | example.com/a/b | glob..func1",
        "main._Cfunc_crash | main | _Cfunc_crash",
        "main.main.f·dwrap·1 | main | main.f·dwrap·1",
        "github.com/go-chi/chi/v5.(*Mux).ServeHTTP | github.com/go-chi/chi/v5 | (*Mux).ServeHTTP",
        "command-line-arguments.TestX | command-line-arguments | TestX",
        "plugin/unnamed-3f2a.F | plugin/unnamed-3f2a | F",
        "example.com/caf%c3%a9/p.F | example.com/café/p | F",
        "example.com/a%22b/p.F | example.com/a\"b/p | F",
        "example.com/100%/p.F | example.com/100%/p | F",
        "example.com/a_test.TestX | example.com/a_test | TestX",
      })
  void parse_splitsAtFirstDotAfterLastSlash(String symbol, String path, String function) {
    assertThat(GoSymbol.parse(symbol)).isEqualTo(new GoSymbol(path, function));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "panic",
        "crash",
        "type:.eq.main.T",
        "go:buildid",
        "Hello world. How",
        "a/b/c",
        "x.",
        ".func1",
        "github.com/a/b.",
        "[...]",
        "https://github.com/a/b.F",
        "v1.2.3",
        "foo.(bar baz)",
        "a.]",
        "a.b(c"
      })
  void parse_rejectsWhatIsNoGoSymbol(String symbol) {
    assertThat(GoSymbol.parse(symbol)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "a/p.init,true,true",
    "a/p.init.0,true,true",
    "a/p.init.12,true,true",
    "a/p.map.init.0,true,true",
    "a/p.init.ializers,true,true",
    "a/p.init.0.func1,true,false",
    "a/p.init.func1,true,false",
    "a/p.glob..func1,true,false",
    "a/p.(*T).init,false,false",
    "a/p.initialise,false,false",
    "a/p.T.init,false,false",
    "main.init.0,true,true",
  })
  void isInit_isWiderThanRunningInitialisers(String symbol, boolean init, boolean initialiser) {
    GoSymbol parsed = GoSymbol.parse(symbol);
    assertThat(parsed).isNotNull();
    assertThat(parsed.isInit()).isEqualTo(init);
    assertThat(parsed.isInitialiser()).isEqualTo(initialiser);
  }

  @ParameterizedTest
  @CsvSource({
    "a/p.F,false,false",
    "a/p.F.func1,true,false",
    "a/p.F.func1.2,true,false",
    "a/p.(*T).M.func1,true,false",
    "a/p.Caller.Foo.func1,true,true",
    "a/p.(*T).M.Foo.func1,true,true",
    "a/p.F.gowrap1,true,false",
    "a/p.F.func1.2.3,true,false",
    "a/p.F.func1.gowrap2,true,false",
    "a/p.F.func1-range1,true,false",
    "main.init.func15.Do.init.func15.1.(*Logger).Panic.2,true,true",
    "a/p.F.func2.(*Set[...]).AddAll.1,true,true",
    "a/p.F.deferwrap2,true,false",
    "main.main-range1,true,false",
    "a/p.glob..func1,true,true",
    "a/p.functional,false,false",
    "a/p.T.func,false,false",
  })
  void isClosure_byTheNamesOfTheCompiler(String symbol, boolean closure, boolean inlined) {
    GoSymbol parsed = GoSymbol.parse(symbol);
    assertThat(parsed).isNotNull();
    assertThat(parsed.isClosure()).isEqualTo(closure);
    assertThat(parsed.mayBeInlinedClosure()).isEqualTo(inlined);
  }

  @ParameterizedTest
  @CsvSource({
    "net/http,std",
    "vendor/golang.org/x/net/http2/hpack,std",
    "oldapp/vendor/gopkg.in/yaml.v2,gopkg.in/yaml.v2",
    "myapp/internal/x,myapp/internal/x",
    "mineru-tools/internal/latex,mineru-tools/internal/latex",
    "go.uber.org/zap,go.uber.org/zap",
    "plugin/unnamed-3f2a,plugin/unnamed-3f2a",
    "internal/runtime/maps,std",
    "main,main",
    "github.com/go-chi/chi/v5,github.com/go-chi/chi/v5",
  })
  void goPackage_foldsStdAndVendor(String path, String folded) {
    assertThat(new GoPackage(path).path()).isEqualTo(folded);
  }

  @ParameterizedTest
  @CsvSource({
    "gopkg.in/yaml.v3,yaml",
    "github.com/go-chi/chi/v5,chi",
    "example.com/a/billing,billing",
    "main,main",
  })
  void shortName_dropsMajorVersions(String path, String shortName) {
    assertThat(new GoPackage(path).shortName()).isEqualTo(shortName);
  }

  @Test
  void mainOf_neverMergesServices() {
    assertThat(GoPackage.mainOf("a").isMain()).isTrue();
    assertThat(GoPackage.mainOf("a")).isNotEqualTo(GoPackage.mainOf("b"));
  }

  /** As Go 1.26 names closures; what is after it can only be {@code main}'s own. */
  @ParameterizedTest
  @CsvSource({
    "main.main.Handler.func3, true",
    "main.main.Outer.inner.func14, true",
    "main.main.(*Svc).Routes.func4, true",
    "main.main.Each[...].func13, true",
    "main.main.func2.Go.1, true",
    "main.run.Handler.func1, true",
    "main.(*app).start.Handler.func1, true",
    "main.main.own.func8, false",
    "main.main.app.Handler.func7, false",
    "main.app.Handler.func1, false",
    "main.(*App).Handler.func1, false",
    "main.main.func8, false",
    "main.main.func8.1, false",
    "main.main, false",
    "main.glob..func1, false",
  })
  void mayInlineExported_onlyBehindAFunction(String symbol, boolean may) {
    GoSymbol parsed = GoSymbol.parse(symbol);
    assertThat(parsed).isNotNull();
    assertThat(parsed.mayInlineExported()).isEqualTo(may);
  }
}
