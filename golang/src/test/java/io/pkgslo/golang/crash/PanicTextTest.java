// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.golang.stack.BlamePolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: go-telemetry.md 3. */
class PanicTextTest {
  private static final String STACK =
      """
      goroutine 12 [running]:
      runtime/debug.Stack()
      \t/usr/local/go/src/runtime/debug/stack.go:24 +0x65
      a.b/mw.Recover.func1()
      \t/src/mw/r.go:10 +0x1
      panic({0x1, 0x2})
      \t/usr/local/go/src/runtime/panic.go:884 +0x212
      a.b/pay.Charge(...)
      \t/src/pay/p.go:7
      main.main()
      \t/src/cmd/main.go:9 +0x1
      """;

  private static void assertPanic(String body, PanicForm form, String message, String pkg) {
    List<GoPanic> found = PanicText.find(body);

    assertThat(found).hasSize(1);
    GoPanic panic = found.get(0);
    assertThat(panic.form()).isEqualTo(form);
    assertThat(panic.message()).isEqualTo(message);
    assertThat(panic.pkg().path()).isEqualTo(pkg);
    assertThat(panic.recovered()).isTrue();
  }

  @Test
  void httpServer() {
    assertPanic(
        "2026/11/20 15:16:05 http: panic serving [::1]:43350: boom: x\n" + STACK,
        PanicForm.HTTP_SERVER,
        "boom: x",
        "a.b/pay");
    assertPanic(
        "http2: panic serving 1.2.3.4:5: boom\n" + STACK, PanicForm.HTTP_SERVER, "boom", "a.b/pay");
  }

  @Test
  void httpServer_insideOneStructuredMessage() {
    String text = "http: panic serving 1.2.3.4:5: boom\n" + STACK;
    assertPanic(json("error", text, null), PanicForm.HTTP_SERVER, "boom", "a.b/pay");
  }

  @Test
  void gin() {
    String body =
        "\n\n"
            + "\u001b[31m2026/08/01 12:00:00 [Recovery] 2026/08/01 - 12:00:00 panic recovered:\n"
            + "%sboom\n"
            + "/usr/local/go/src/runtime/panic.go:770 (0x4)\n"
            + "\tgopanic: panic(x)\n"
            + "/root/go/pkg/mod/a.b/pay@v1.2.3/p.go:12 (0x4d57a7)\n"
            + "\tCharge: panic(\"x\")\n"
            + "\u001b[0m";
    assertPanic(body.formatted(""), PanicForm.GIN, "boom", "a.b/pay");
    String request = "GET /x HTTP/1.1\r\nHost: localhost\r\nUser-Agent: curl\r\n\r\n\n";
    assertPanic(body.formatted(request), PanicForm.GIN, "boom", "a.b/pay");
  }

  @Test
  void echo_headerOnTheSameLine() {
    assertPanic("[PANIC RECOVER] boom " + STACK, PanicForm.ECHO, "boom", "a.b/pay");
  }

  @Test
  void chi_printsArrowsAndNoPanicFrame() {
    assertPanic(
        """
         panic: boom

         -> a.b/pay.Charge
         ->   /src/pay/p.go:7

            net/http.HandlerFunc.ServeHTTP
              /usr/local/go/src/net/http/server.go:2166
        """,
        PanicForm.CHI,
        "boom",
        "a.b/pay");
  }

  @Test
  void grpcMiddleware_asStatusMessage() {
    assertPanic("panic caught: boom\n\n" + STACK, PanicForm.GRPC, "boom", "a.b/pay");
    assertPanic(
        "rpc error: code = Unknown desc = panic caught: boom",
        PanicForm.GRPC,
        "boom",
        "(unattributed)");
  }

  @Test
  void negroni() {
    assertPanic("PANIC: boom\n" + STACK, PanicForm.NEGRONI, "boom", "a.b/pay");
  }

  @Test
  void kubernetes_klogText() {
    String indented = STACK.indent(2).replace("  ", "\t");
    assertPanic(
        "E0821 10:00:00.000000       1 runtime.go:142] \"Observed a panic\" panic=\"boom"
            + " \\\"x\\\"\" panicGoValue=\"&errors.errorString{}\" stacktrace=<\n"
            + indented
            + " >",
        PanicForm.HANDLE_CRASH,
        "boom \"x\"",
        "a.b/pay");
    assertPanic(
        "E0821 10:00:00.000000 1 runtime.go:78] Observed a panic: \"boom\" (boom)\n" + STACK,
        PanicForm.HANDLE_CRASH,
        "boom",
        "a.b/pay");
    assertPanic(
        "E0821 Observed a panic: runtime.boundsError{x:5, y:0} (runtime error: index out of"
            + " range)\n"
            + STACK,
        PanicForm.HANDLE_CRASH,
        "runtime error: index out of range",
        "a.b/pay");
  }

  @Test
  void kubernetes_json() {
    assertPanic(
        "{\"ts\":1755770000123.4,\"v\":0,\"msg\":\"Observed a panic\",\"panic\":\"boom\","
            + "\"panicGoValue\":\"x\",\"stacktrace\":\""
            + escaped(STACK)
            + "\"}",
        PanicForm.HANDLE_CRASH,
        "boom",
        "a.b/pay");
  }

  @Test
  void controllerRuntime() {
    assertPanic(
        "Observed a panic in reconciler: boom", PanicForm.HANDLE_CRASH, "boom", "(unattributed)");
    assertPanic(
        "{\"level\":\"error\",\"msg\":\"Reconciler error\",\"error\":\"panic: boom [recovered]\"}",
        PanicForm.ERROR_VALUE,
        "boom",
        "(unattributed)");
    assertPanic(
        "E0821 1 controller.go:1] \"Reconciler error\" err=\"panic: boom [recovered]\"",
        PanicForm.ERROR_VALUE,
        "boom",
        "(unattributed)");
  }

  @Test
  void singleflight_valueCarriesAStackWithoutHeader() {
    String carried = STACK.substring(STACK.indexOf('\n') + 1);
    List<GoPanic> found =
        PanicText.find(
            "panic: boom\n\n"
                + carried
                + "\n\n"
                + "goroutine 20 [running]:\n"
                + "golang.org/x/sync/singleflight.(*Group).doCall.func1()\n"
                + "\t/root/go/pkg/mod/golang.org/x/sync@v0.1.0/singleflight/s.go:1 +0x1\n"
                + "created by golang.org/x/sync/singleflight.(*Group).DoChan in goroutine 6\n");
    assertThat(found).singleElement().matches(p -> p.pkg().path().equals("a.b/pay"));
    assertThat(found.get(0).recovered()).isFalse();
    assertThat(found.get(0).stack()).contains("a.b/pay.Charge");
  }

  @Test
  void conc_valueCarriesAStack() {
    assertPanic("panic: boom\nstacktrace:\n" + STACK, PanicForm.LOGGED_STACK, "boom", "a.b/pay");
    List<GoPanic> crash =
        PanicText.find(
            "panic: panic: boom\nstacktrace:\n"
                + STACK
                + "\n\n"
                + "goroutine 1 [running]:\n"
                + "github.com/sourcegraph/conc/panics.(*Recovered).Repanic()\n"
                + "\tx.go:1 +0x1\n"
                + "main.main()\n"
                + "\t/src/cmd/main.go:1 +0x1\n");
    assertThat(crash).singleElement().matches(p -> p.pkg().path().equals("a.b/pay"));
    assertThat(crash.get(0).message()).isEqualTo("boom");
  }

  @Test
  void loggers_stackBelowAPanicFrame() {
    String zap =
        "a.b/mw.R.func1\n\t/src/r.go:1\nruntime.gopanic\n\t/x/panic.go:1\na.b/pay.F\n\t/s/p.go:1";
    assertPanic(
        "{\"level\":\"error\",\"ts\":1.5,\"caller\":\"mw/r.go:1\",\"msg\":\"recovered\",\"error\":\"boom\",\"stacktrace\":\""
            + escaped(zap)
            + "\"}",
        PanicForm.LOGGED_STACK,
        "boom",
        "a.b/pay");
    assertPanic(
        "recovered from boom\n" + STACK, PanicForm.LOGGED_STACK, "recovered from boom", "a.b/pay");
    assertPanic(
        "time=x level=error msg=recovered panic=\"boom x\" stack=\"" + escaped(STACK) + "\"",
        PanicForm.LOGGED_STACK,
        "boom x",
        "a.b/pay");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"level\":\"error\",\"msg\":\"x\",\"stacktrace\":\"a.b/c.F\\n\\t/src/x.go:1\"}",
        "{\"level\":\"panic\",\"msg\":\"x\",\"stacktrace\":\"a.b/c.F\\n\\t/src/x.go:1\"}",
        "{\"level\":\"error\",\"message\":\"x\",\"stack\":[{\"func\":\"Fn\",\"line\":\"12\",\"source\":\"x.go\"}]}",
        "{\"level\":\"fatal\",\"msg\":\"fatal error: no configuration\"}",
        "{\"level\":\"info\",\"msg\":\"no panic here\",\"error\":\"don't panic: it works\"}",
        "error: just looking\ngoroutine 1 [running]:\nmain.main()\n\t/x.go:1 +0x1\n",
        "SIGQUIT: quit\n"
            + "PC=0x1 m=0 sigcode=0\n\n"
            + "goroutine 1 [running]:\n"
            + "main.main()\n"
            + "\t/x.go:1 +0x1\n",
        "http: panic serving 1.2.3.4:5: net/http: abort Handler\n"
            + "goroutine 1 [running]:\n"
            + "panic({0x1})\n"
            + "main.f()\n",
        "WARNING: DATA RACE\n"
            + "Write at 0x00c00001 by goroutine 7:\n"
            + "  main.main.func1()\n"
            + "      /x.go:1 +0x44\n",
        "2026/11/20 15:17:01 log panic 1",
        "SIGTERM: shutting down",
        ""
      })
  void find_noPanic(String body) {
    assertThat(PanicText.find(body)).isEmpty();
  }

  @Test
  void find_severalInOneText() {
    String one = "http: panic serving 1.2.3.4:5: boom\n" + STACK;
    assertThat(PanicText.find(one + one)).hasSize(2);
  }

  @Test
  void find_messageWithNumbersKeepsItsFingerprint() {
    GoPanic first = PanicText.find("panic: user 17 at 0xc000123\n\n" + STACK).get(0);
    GoPanic second = PanicText.find("panic: user 99 at 0xc000fff\n\n" + STACK).get(0);
    GoPanic other = PanicText.find("panic: other\n\n" + STACK).get(0);

    assertThat(first.fingerprint()).isEqualTo(second.fingerprint());
    assertThat(first.fingerprint()).isNotEqualTo(other.fingerprint());
    assertThat(first.withoutStack().stack()).isEmpty();
    assertThat(first.withoutStack().fingerprint()).isEqualTo(first.fingerprint());
  }

  /** A handler wrote its own stack below the runtime's words: whoever can ask for it lives on. */
  @Test
  void find_stackThatTheProgramAskedFor_isRecovered() {
    String crash =
        """
        panic: boom

        goroutine 1 [running]:
        a.io/cart.Add(...)
        \t/src/cart/cart.go:7
        """;
    assertThat(PanicText.find(crash).get(0).recovered()).isFalse();
    String frame = "runtime/debug.Stack()\n\t/usr/local/go/src/runtime/debug/stack.go:26 +0x5e\n";
    String panicked = "panic({0x1, 0x2})\n\t/usr/local/go/src/runtime/panic.go:860 +0x13a\n";
    String quoted = crash.replace("a.io/cart.Add", frame + panicked + "a.io/cart.Add");
    assertThat(PanicText.find(quoted).get(0).recovered()).isTrue();
    assertThat(PanicText.find(quoted).get(0).pkg().path()).isEqualTo("a.io/cart");
  }

  @Test
  void findReported_isAlwaysRecovered() {
    assertThat(PanicText.findReported("panic: boom\n\n" + STACK, BlamePolicy.DEFAULT))
        .singleElement()
        .matches(GoPanic::recovered);
    assertThat(PanicText.findReported("fatal error: no such table", BlamePolicy.DEFAULT)).isEmpty();
  }

  @Test
  void fromException_sdkStackCutAt2048Bytes() {
    String stack =
        """
        goroutine 12 [running]:
        go.opentelemetry.io/otel/sdk/trace.recordStackTrace()
        \t/go/pkg/mod/go.opentelemetry.io/otel/sdk@v1.45.0/trace/span.go:600 +0x1
        go.opentelemetry.io/otel/sdk/trace.(*recordingSpan).End(0xc0001, {0x0, 0x0, 0x0})
        \t/go/pkg/mod/go.opentelemetry.io/otel/sdk@v1.45.0/trace/span.go:400 +0x1
        panic({0x1, 0x2})
        \t/usr/local/go/src/runtime/panic.go:884 +0x212
        a.b/pay.Charge(0x1, 0x\
        """;
    GoPanic panic = PanicText.fromException("*errors.errorString", "boom", stack);

    assertThat(panic).isNotNull();
    assertThat(panic.pkg().path()).isEqualTo("a.b/pay");
    assertThat(panic.type()).isEqualTo("*errors.errorString");
    assertThat(panic.form()).isEqualTo(PanicForm.EXCEPTION);
    assertThat(PanicText.provesPanic(null, stack)).isTrue();
    assertThat(PanicText.provesPanic("*errors.errorString", null)).isFalse();
  }

  @Test
  void fromException_withoutStackBlamesNobody() {
    GoPanic panic = PanicText.fromException(".string", "boom", null);

    assertThat(panic).isNotNull();
    assertThat(panic.pkg().isUnattributed()).isTrue();
    assertThat(PanicText.fromException("x", "net/http: abort Handler", null)).isNull();
  }

  private static String json(String level, String message, String stack) {
    return "{\"level\":\"" + level + "\",\"msg\":\"" + escaped(message) + "\"}";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\t", "\\t");
  }

  /** Go 1.26 indents the further lines of a value, also where they look like the runtime's own. */
  @Test
  void valueThatLooksLikeAChainOfPanics_isOneCrash() {
    String crash =
        """
        panic: line one
        \tgoroutine 7 [running]:
        \tmain.fake()
        \t\t/x.go:1
        \tpanic: inner fake

        goroutine 1 [running]:
        a.io/cart.Add(...)
        \ta.io/cart/cart.go:7
        """;
    assertThat(PanicText.find(crash))
        .singleElement()
        .matches(panic -> panic.pkg().path().equals("a.io/cart"))
        .matches(panic -> panic.message().equals("line one"));
  }

  /** Of other running goroutines the runtime prints no frames: theirs are no second report. */
  @Test
  void otherRunningGoroutines_areNotBlamed() {
    String crash =
        """
        panic: boom

        goroutine 1 [running]:
        a.io/cart.Add(...)
        \ta.io/cart/cart.go:7

        goroutine 7 [running]:
        \tgoroutine running on other thread; stack unavailable
        created by a.io/pool.Start in goroutine 1
        \ta.io/pool/p.go:3 +0x1
        """;
    String dump =
        crash
            + "\ngoroutine 9 [running]:\nruntime/debug.Stack()\n\tx.go:1\na.io/late.F()\n\ta.io/late/l.go:1\n";
    for (String text : List.of(crash, dump)) {
      assertThat(PanicText.find(text))
          .singleElement()
          .matches(panic -> panic.pkg().path().equals("a.io/cart"));
    }
  }

  /** slog's groups; the record's own message says nothing of the value. */
  @Test
  void valueBesideAStackInAGroup_isTheMessage() {
    assertThat(PanicText.find(Recordings.read("depot-sloggroup.trim.txt")))
        .singleElement()
        .extracting(GoPanic::message)
        .isEqualTo("runtime error: index out of range [1] with length 1");
  }

  /** What callers wrapped around the runtime's words differs from what a span reports. */
  @Test
  void runtimeErrorInALine_isTheMessage() {
    assertThat(PanicText.find(Recordings.read("depot-guarded.trim.txt")))
        .singleElement()
        .extracting(GoPanic::message)
        .isEqualTo("runtime error: index out of range [7] with length 2");
  }
}
