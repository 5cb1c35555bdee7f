// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.golang.crash.Samples;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.golang.symbol.GoPackage;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTextTest {
  private final ExplainText explain = new ExplainText(BlamePolicy.DEFAULT, List.of());

  @ParameterizedTest
  @CsvSource({
    "example.com/acme/shop.v2/pkg/yaml%2ev3.(*Decoder).Decode,example.com/acme/shop.v2/pkg/yaml.v3,function symbol",
    "main.main(),main,function symbol",
    "/root/go/pkg/mod/github.com/!burnt!sushi/toml@v1.3.2/x.go:12,github.com/BurntSushi/toml,file path (module cache)",
    "github.com/acme/shop/billing,github.com/acme/shop/billing,scope name",
    "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp,std,instrumentation scope",
  })
  void word_isAttributed(String word, String path, String source) {
    assertThat(explain.explain(word + "\n"))
        .containsExactly(new Finding.Attributed(word, new GoPackage(path), source));
  }

  @Test
  void output_initsAndCrashInOrder() {
    List<Finding> findings = explain.explain(Samples.read("init-maininit.stderr"));

    assertThat(findings).hasSize(20);
    assertThat(findings.subList(0, 19)).allMatch(f -> f instanceof Finding.InitFound);
    assertThat(findings.get(19)).isInstanceOf(Finding.PanicFound.class);
    Finding.PanicFound panic = (Finding.PanicFound) findings.get(19);
    assertThat(panic.panic().pkg()).isEqualTo(GoPackage.MAIN);
    assertThat(panic.pkg().path()).isEqualTo("example.com/acme/shop.v2/cmd/initpanic");
    assertThat(panic.panic().initFailure()).isTrue();
  }

  @Test
  void output_structuredRecordIsAttributed() {
    assertThat(
            explain.explain(
                "{\"level\":\"INFO\",\"source\":{\"function\":\"a.b/c.F\"},\"msg\":\"hi there\"}"))
        .singleElement()
        .matches(f -> ((Finding.Attributed) f).pkg().path().equals("a.b/c"));
  }

  /** Kubernetes' HandleCrash logs a panic and panics again. */
  @Test
  void panicThatWasLoggedBeforeItCrashed_isOne() {
    String stack = "goroutine 1 [running]:\n%1$spanic({0x1, 0x2})\n%1$s\truntime/panic.go:860\n";
    String logged =
        "E1121 17:49:09.998875   30677 panic.go:336] \"Observed a panic\" panic=\"boom 7\""
            + " stacktrace=<\n\t"
            + stack.formatted("\t")
            + "\ta.io/b/c.Run(0x1?)\n\t\ta.io/b/c/c.go:12 +0x3\n >\n";
    String crash =
        "panic: boom 7 [recovered, repanicked]\n\n"
            + stack.formatted("")
            + "a.io/b/c.Run(0x1?)\n\ta.io/b/c/c.go:12 +0x3\n";

    assertThat(explain.explain(logged)).hasSize(1);
    assertThat(explain.explain(logged + crash))
        .singleElement()
        .matches(f -> !((Finding.PanicFound) f).panic().recovered());
    assertThat(explain.explain(logged + crash.replace("boom", "other"))).hasSize(2);
  }

  /** One crash as it lies in files: what stands around its lines is taken off. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "\u001b[31m%s\u001b[0m",
        "%s\r",
        "2026-11-21T21:22:31.000000007Z stderr F %s",
        "{\"log\":\"%s\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-21T21:22:31.7Z\"}",
        "{\"log\":\"%s\",\"stream\":\"stderr\",\"kubernetes\":{\"pod_name\":\"shop-1\"}}",
        "{\"log\":\"%s\",\"stream\":\"stderr\",\"logtag\":\"F\"}",
        "{\"MESSAGE\":\"%s\",\"_TRANSPORT\":\"stdout\",\"_PID\":\"7\"}",
        "{\"message\":\"%s\",\"source_type\":\"kubernetes_logs\"}",
        "{\"textPayload\":\"%s\",\"severity\":\"ERROR\",\"insertId\":\"1\"}",
        "2026-11-21T21:22:31.000000007Z %s",
        "shop-1  | %s",
        "Nov 21 21:22:31 vm-7 shop[4711]: %s",
        "2026-11-21T21:22:31+0000 vm-7 shop[4711]: %s",
        "<13>Nov 21 21:22:31 vm-7 shop[4711]: %s",
        "<13>Nov  1 21:22:31 vm-7 shop: %s",
        "Nov  1 21:22:31 vm-7 shop: %s",
        "Sat 2026-11-21 21:22:31 UTC vm-7 shop[4711]: %s",
        "<165>1 2026-11-21T21:22:31.000007Z vm-7 shop 4711 - - %s",
        "<165>1 2026-11-21T21:22:31+02:00 vm-7 shop - ID47 [a@1 b=\"c\\]d\"][e f=\"g\"] \ufeff%s",
        "<165>1 - vm-7 shop 4711 - - %s",
        "2026-11-21T21:22:31.7+00:00 app[web.1]: %s",
        "2026-11-21 21:22:31.007 %s",
        "[pod/shop-77d-x/app] %s",
        "[pod/shop-77d-x/app] 2026-11-21T21:22:31.000000007Z %s",
        "{\"line\":\"%s\",\"labels\":{\"app\":\"shop\"},\"timestamp\":\"2026-11-21T21:22:31Z\"}",
      })
  void crashInAnyWrapping_isTheSame(String wrapping) {
    String crash =
        "panic: boom\n\ngoroutine 1 [running]:\na.b/shop%2ev2.Pay(...)\n\ta.b/shop.v2/pay.go:7\n"
            + "main.main()\n\ta.b/cmd/main.go:9 +0x1d";
    boolean json = wrapping.startsWith("{");
    String file =
        crash
            .lines()
            .map(line -> wrapping.replace("%s", json ? line.replace("\t", "\\t") : line))
            .collect(Collectors.joining("\n"));

    assertThat(explain.explain(file))
        .singleElement()
        .matches(found -> ((Finding.PanicFound) found).pkg().path().equals("a.b/shop.v2"));
  }

  /** What a program's own logger puts first is no prefix of a tool: no crash begins behind it. */
  @ParameterizedTest
  @ValueSource(strings = {"2026/11/21 21:22:31 ", "2026/11/21 21:22:31 api server: "})
  void linesOfALogger_areNotStripped(String head) {
    assertThat(explain.explain((head + "panic: so to speak\n").repeat(4))).isEmpty();
  }

  @Test
  void recordWithoutAStack_isItsOwnPackages() {
    String record =
        "{\"level\":\"ERROR\",\"source\":{\"function\":\"a.b/c.F.func1\"},"
            + "\"msg\":\"panic recovered\",\"panic\":\"boom\"}";
    assertThat(explain.explain(record))
        .filteredOn(f -> f instanceof Finding.PanicFound)
        .singleElement()
        .matches(f -> ((Finding.PanicFound) f).pkg().path().equals("a.b/c"));
  }

  @Test
  void linesThatTheContainerRuntimeSplit_areWhole() {
    String cri = "2026-11-21T21:22:31.000000007Z stderr ";
    String file =
        cri + "F panic: boom\n" + cri + "P a.b/sh\n" + cri + "P op%2ev2.P\n" + cri + "F ay(...)\n";

    assertThat(explain.explain(file))
        .singleElement()
        .matches(found -> ((Finding.PanicFound) found).pkg().path().equals("a.b/shop.v2"));
  }

  @Test
  void nothing_isNothing() {
    assertThat(explain.explain("")).isEmpty();
    assertThat(explain.explain("hello world")).isEmpty();
    assertThat(explain.explain("hello")).isEmpty();
  }
}
