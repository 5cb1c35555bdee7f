// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.golang.stack.MainResolver.Rule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reference: go-telemetry.md 2.3, 2.6 and 4.3. */
class BlameTest {
  private static final String HANDLER =
      """
      goroutine 6 [running]:
      net/http.(*conn).serve.func1()
      \t/usr/local/go/src/net/http/server.go:1850 +0xbf
      panic({0x6ba020, 0xc00021e060})
      \t/usr/local/go/src/runtime/panic.go:890 +0x262
      encoding/json.Marshal({0x1, 0x2})
      \t/usr/local/go/src/encoding/json/encode.go:160 +0x45
      github.com/lib/pq.Open(...)
      \t/root/go/pkg/mod/github.com/lib/pq@v1.2.3/conn.go:1
      example.com/acme/shop.v2/internal/billing.Charge(0x1)
      \t/src/m/internal/billing/b.go:10 +0x19
      main.main.func8({0x4a6d20?, 0xc0000ce080?}, 0x7f3e11a6c0e8?)
      \t/src/m/cmd/app/main.go:107 +0x95
      net/http.HandlerFunc.ServeHTTP(0x0?, {0x753468?, 0xc00024c000?}, 0x463e4e?)
      \t/usr/local/go/src/net/http/server.go:2109 +0x2f
      created by net/http.(*Server).Serve
      \t/usr/local/go/src/net/http/server.go:3102 +0x4db
      """;

  private static Blamed blame(String stack, BlamePolicy policy) {
    return Blame.of(StackParser.parse(stack), policy);
  }

  private static String pkg(String stack) {
    return blame(stack, BlamePolicy.DEFAULT).pkg().path();
  }

  @Test
  void of_firstFrameThatIsNotStd() {
    Blamed blamed = blame(HANDLER, BlamePolicy.DEFAULT);

    assertThat(blamed.pkg().path()).isEqualTo("github.com/lib/pq");
    assertThat(blamed.function()).isEqualTo("Open");
    assertThat(blamed.crashSite()).isNotNull();
    assertThat(blamed.crashSite().symbol()).isEqualTo("encoding/json.Marshal");
  }

  @Test
  void of_ownedCodeBeforeThirdParties() {
    BlamePolicy owners = BlamePolicy.DEFAULT.withOwners(List.of("example.com/acme"));

    assertThat(blame(HANDLER, owners).pkg().path())
        .isEqualTo("example.com/acme/shop.v2/internal/billing");
    assertThat(blame(HANDLER, BlamePolicy.DEFAULT.withOwners(List.of("other.org"))).pkg().path())
        .isEqualTo("main");
  }

  @Test
  void of_helpersArePassedOver() {
    assertThat(
            pkg(
                """
                go.uber.org/zap/zapcore.CheckWriteAction.OnWrite(0x1)
                go.uber.org/zap.(*Logger).Panic(0x1)
                golang.org/x/sync/errgroup.(*Group).Go.func1()
                k8s.io/klog/v2.Fatal(0x1)
                example.com/acme/shop/pay.Do()
                """))
        .isEqualTo("example.com/acme/shop/pay");
    BlamePolicy own = BlamePolicy.DEFAULT.withHelpers(List.of("example.com/acme/must*"));
    assertThat(blame("example.com/acme/must2/x.Do()\nexample.com/acme/y.F()\n", own).pkg().path())
        .isEqualTo("example.com/acme/y");
  }

  @Test
  void of_whoStartedTheGoroutine() {
    assertThat(
            pkg(
                """
                goroutine 20 [running]:
                sync.(*WaitGroup).Add(0x1, 0x2)
                \tsync/waitgroup.go:83 +0xda
                created by a.b/c.Start in goroutine 1
                \ta.b/c/s.go:4 +0x1
                """))
        .isEqualTo("a.b/c");
    assertThat(
            pkg(
                """
                goroutine 5 [running]:
                sync.fatal(0x1)
                created by time.goFunc
                \ttime/sleep.go:176 +0x32
                """))
        .isEqualTo("std");
    assertThat(
            pkg(
                """
                goroutine running on other thread; stack unavailable
                created by a.b/c.Start in goroutine 1
                """))
        .isEqualTo("a.b/c");
  }

  @Test
  void of_onlyHelpersLeft() {
    assertThat(
            pkg(
                """
                go.opentelemetry.io/otel/sdk/trace.(*batchSpanProcessor).drainQueue(0x1)
                created by golang.org/x/sync/errgroup.(*Group).Go in goroutine 1
                """))
        .isEqualTo("go.opentelemetry.io/otel/sdk/trace");
    assertThat(pkg("nothing\nhere")).isEqualTo("(unattributed)");
  }

  @Test
  void of_closureInlinedIntoAnotherPackage() {
    String closure =
        "a.b/caller.Caller.Foo.func1()\n\t%s\na.b/caller.Caller(0x1)\n\ta.b/caller/c.go:3 +0x1\n";

    assertThat(pkg(closure.formatted("a.b/callee/f.go:1 +0x1"))).isEqualTo("a.b/callee");
    assertThat(pkg(closure.formatted("a.b/caller/f.go:1 +0x1"))).isEqualTo("a.b/caller");
    assertThat(pkg(closure.formatted("/go/pkg/mod/x.y/z@v1.0.0/f.go:1 +0x1"))).isEqualTo("x.y/z");
    assertThat(pkg(closure.formatted("/unknown/dir/f.go:1 +0x1"))).isEqualTo("a.b/caller");
    // sync.OnceFunc's closure, inlined: std
    assertThat(pkg("main.main.OnceFunc.func1()\n\tsync/oncefunc.go:30 +0x1\na.b/c.F()\n"))
        .isEqualTo("a.b/c");
    // a module that a replace directive takes from a fork: its own frame shows the directory
    assertThat(
            pkg(
                """
                a.b/orig.T.M.func1()
                \t/go/pkg/mod/c.d/fork@v1.0.0/f.go:1 +0x1
                a.b/orig.T.M()
                \t/go/pkg/mod/c.d/fork@v1.0.0/f.go:9 +0x1
                """))
        .isEqualTo("a.b/orig");
  }

  @Test
  void of_initFailureNeedsARunningInitialiser() {
    assertThat(blame("a.b/c.mustLoad(...)\na.b/c.init()\n", BlamePolicy.DEFAULT).init()).isTrue();
    assertThat(blame("x.y/z.Must()\na.b/c.init.0()\n", BlamePolicy.DEFAULT).init()).isTrue();
    assertThat(blame("a.b/c.init.func1()\nmain.main()\n", BlamePolicy.DEFAULT).init()).isFalse();
    assertThat(blame("a.b/c.F()\ncreated by a.b/c.init.0\n", BlamePolicy.DEFAULT).init()).isFalse();
    assertThat(blame("a.b/c.map.init.0()\n", BlamePolicy.DEFAULT).init()).isTrue();
  }

  @Test
  void of_missingLinesCostOnlyThemselves() {
    assertThat(pkg("panic({0x1, 0x2})\na.b/c.F(0x1)\na.b/d.G(0x2)\n\t/src/d/x.go:1 +0x1\n"))
        .isEqualTo("a.b/c");
    assertThat(pkg("goroutine 1 [running]:\n\ta.b/c/x.go:1 +0x1\nmain.main()\n"))
        .isEqualTo("a.b/c");
  }

  @Test
  void parse_zapStack() {
    assertThat(
            pkg(
                """
                a.b/mw.Recover.func1
                \t/src/mw/r.go:10
                runtime.gopanic
                \t/usr/local/go/src/runtime/panic.go:770
                runtime.panicmem
                \t/usr/local/go/src/runtime/panic.go:261
                runtime.sigpanic
                \t/usr/local/go/src/runtime/signal_unix.go:881
                a.b/pay.(*T).Charge
                \t/src/pay/p.go:10
                net/http.HandlerFunc.ServeHTTP
                \t/usr/local/go/src/net/http/server.go:2166
                """))
        .isEqualTo("a.b/pay");
  }

  @Test
  void parse_quotedLineEnds() {
    assertThat(
            pkg(
                "stack=\"goroutine 1 [running]:\\nruntime/debug.Stack()\\n\\t/x/stack.go:1 +0x1\\npanic({0x1})\\na.b/c.F()\\n\\t/src/c/x.go:1 +0x2\""))
        .isEqualTo("a.b/c");
  }

  @Test
  void fileOnlyFrames_useRootsAndNeverBlameBeyondTheProgramsOwnCode() {
    String gin =
        """
        /usr/local/go/src/runtime/panic.go:770 (0x4)
        \tgopanic: panic(x)
        /app/internal/pay/p.go:12 (0x4d57a7)
        \tCharge: panic("x")
        /root/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/context.go:174 (0x5)
        \t(*Context).Next: c.handlers[c.index](c)
        """;
    Blamed unknown = blame(gin, BlamePolicy.DEFAULT);
    assertThat(unknown.pkg().isUnattributed()).isTrue();
    assertThat(unknown.file()).isEqualTo("/app/internal/pay/p.go");
    BlamePolicy roots = BlamePolicy.DEFAULT.withSourceRoots(Map.of("/app", "a.b/shop"));
    assertThat(blame(gin, roots).pkg().path()).isEqualTo("a.b/shop/internal/pay");
  }

  @Test
  void ginFunctionLine_withoutSource_isText() {
    String cut = "/app/internal/pay/p.go:12 (0x4d57a7)\n\tCharge: \n";

    assertThat(blame(cut, BlamePolicy.DEFAULT).file()).isEqualTo("/app/internal/pay/p.go");
  }

  @Test
  void mainResolver_triesItsRulesInOrder() {
    MainResolver resolver = new MainResolver(Map.of("shop/cart", "a.b/cart/cmd"), Map.of());
    List<Frame> frames = StackParser.parse(HANDLER).frames();
    List<Frame> alone = StackParser.parse("main.main()\n\t/build/cmd/main.go:1 +0x1\n").frames();

    assertThat(resolver.resolve("example.com/acme/shop.v2/cmd/app/main.go", "shop/cart"))
        .isEqualTo(resolved("example.com/acme/shop.v2/cmd/app", Rule.FILE));
    assertThat(resolver.resolve(frames.get(5), frames, "shop/cart"))
        .isEqualTo(resolved("example.com/acme/shop.v2/cmd/app", Rule.ALIGNED));
    assertThat(resolver.resolve(alone.get(0), alone, "shop/cart"))
        .isEqualTo(resolved("a.b/cart/cmd", Rule.CONFIGURED));
    assertThat(resolver.resolve(alone.get(0), alone, "shop/pay"))
        .isEqualTo(resolved("main@shop/pay", Rule.SERVICE));
    assertThat(resolver.resolve((String) null, null)).isEqualTo(resolved("main", Rule.UNRESOLVED));
    assertThat(
            resolver
                .resolve("/root/go/pkg/mod/x.y/tool@v1.0.0/cmd/tool/main.go", "any")
                .pkg()
                .path())
        .isEqualTo("x.y/tool/cmd/tool");
  }

  private static final String IN_MAIN =
      """
      main.main.Handler.func3({0x62e165?, 0xe5c5e4880a0?}, 0x0?)
      \t/src/shop/billing/b.go:8 +0x2a
      net/http.HandlerFunc.ServeHTTP(0x0?, {0x753468?, 0xc00024c000?}, 0x463e4e?)
      \t/usr/local/go/src/net/http/server.go:2286 +0x29
      """;

  private static final String MAIN = "main.main()\n\t/src/shop/cmd/app/main.go:9 +0x95\n";

  private static MainResolver.Resolved resolve(String stack, MainResolver resolver) {
    List<Frame> frames = StackParser.parse(stack).frames();
    Blamed blamed = Blame.of(frames, BlamePolicy.DEFAULT);
    assertThat(blamed.pkg().path()).isEqualTo("main");
    return resolver.resolve(blamed.frame(), frames, "shop");
  }

  @Test
  void closureInlinedIntoMain_isNeverMains_whereItsFileLiesElsewhere() {
    MainResolver plain = new MainResolver(Map.of(), Map.of());
    MainResolver roots = new MainResolver(Map.of(), Map.of("/src/shop", "a.b/shop"));
    MainResolver mains = new MainResolver(Map.of("shop", "a.b/shop/cmd/app"), Map.of());
    MainResolver.Resolved nobody = resolved("(unattributed)", Rule.FOREIGN);
    MainResolver.Resolved billing = resolved("a.b/shop/billing", Rule.ALIGNED);
    MainResolver.Resolved main = resolved("main@shop", Rule.SERVICE);

    // Nothing tells where main lies, but only exported functions are called from elsewhere.
    assertThat(resolve(IN_MAIN, plain)).isEqualTo(nobody);
    assertThat(resolve(IN_MAIN.replace("Handler", "handler"), plain)).isEqualTo(main);
    // A package lies in one directory.
    assertThat(resolve(IN_MAIN + MAIN, plain)).isEqualTo(nobody);
    assertThat(resolve(IN_MAIN.replace("/billing/", "/cmd/app/") + MAIN, plain)).isEqualTo(main);
    // Configuration names it: the module's directory, or the path of main where main is seen.
    assertThat(resolve(IN_MAIN, roots)).isEqualTo(billing);
    assertThat(resolve(IN_MAIN + MAIN, mains)).isEqualTo(billing);
    assertThat(resolve(MAIN, roots)).isEqualTo(resolved("a.b/shop/cmd/app", Rule.ALIGNED));
    // A frame of the same module does, too.
    String neighbour = "a.b/shop/mw.Log.func1(0x1)\n\t/src/shop/mw/m.go:6 +0x1\n";
    assertThat(resolve(IN_MAIN + neighbour, plain)).isEqualTo(billing);
  }

  private static MainResolver.Resolved resolved(String path, Rule rule) {
    return new MainResolver.Resolved(new io.pkgslo.golang.symbol.GoPackage(path), rule);
  }
}
