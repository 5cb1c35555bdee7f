// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.ingest.Otlp;
import io.pkgslo.model.AttributionSource;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessInit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanReaderTest {
  private static final String OTELHTTP =
      "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp";
  private static final String CART = "github.com/acme/shop/pkg/cart";
  private static final Resource RESOURCE = Otlp.resource("service.name", "checkout");
  private static final long END = FactRecorder.NOW_NANOS;

  private static FactRecorder read(String scope, Span.Builder span) {
    return new FactRecorder().read(Otlp.traces(RESOURCE, scope, span));
  }

  private static Span.Builder span(Object... attributes) {
    return Otlp.span(1, 1, END).addAllAttributes(Otlp.attributes(attributes));
  }

  private static Span.Event.Builder exception(long time, String type, String message) {
    return Span.Event.newBuilder()
        .setName("exception")
        .setTimeUnixNano(time)
        .addAllAttributes(Otlp.attributes("exception.type", type, "exception.message", message));
  }

  private static Status.Builder status(Status.StatusCode code) {
    return Status.newBuilder().setCode(code);
  }

  private static void assertPackage(
      FactRecorder.SpanSeen seen, String goPackage, AttributionSource source) {
    assertThat(seen.goPackage()).isEqualTo(goPackage);
    assertThat(seen.source()).isEqualTo(source);
  }

  @Test
  void package_isDecidedInTheStatedOrder() {
    Span.Builder all =
        span(
            "go.package.path", "example.com/override",
            "code.function.name", "example.com/code.(*T).M",
            "http.route", "/cart");
    assertPackage(read(CART, all).onlySpan(), "example.com/override", AttributionSource.OVERRIDE);
    Span.Builder code = span("code.function.name", "gopkg.in/yaml%2ev3.(*Decoder).Decode");
    assertPackage(read(CART, code).onlySpan(), "gopkg.in/yaml.v3", AttributionSource.CODE);
    assertPackage(read(CART, span()).onlySpan(), CART, AttributionSource.SCOPE);
    assertPackage(read(OTELHTTP, span()).onlySpan(), "", AttributionSource.NONE);
    assertPackage(read("checkout", span()).onlySpan(), "", AttributionSource.NONE);
  }

  @Test
  void oldCodeAttributes_areJoined() {
    assertPackage(
        read("x", span("code.namespace", CART + ".(*T)", "code.function", "M")).onlySpan(),
        CART,
        AttributionSource.CODE);
    assertPackage(
        read("x", span("code.function", "net/http.HandlerFunc.ServeHTTP")).onlySpan(),
        "std",
        AttributionSource.CODE);
  }

  @Test
  void main_isThatOfItsService() {
    assertThat(read("x", span("code.function.name", "main.main")).onlySpan().goPackage())
        .isEqualTo("main@checkout");
    assertThat(
            read(
                    "x",
                    span(
                        "code.function.name", "main.run",
                        "code.file.path", "github.com/acme/shop/cmd/checkout/main.go"))
                .onlySpan()
                .goPackage())
        .isEqualTo("github.com/acme/shop/cmd/checkout");
  }

  private static AttributeSettings withRoutes(Map<String, String> routes) {
    AttributeSettings plain = AttributeSettings.DEFAULT;
    return new AttributeSettings(
        new PackageRules(List.of(), List.of(), routes, Map.of()),
        BlamePolicy.DEFAULT,
        new SidecarRules(List.of("istio"), Map.of("component", "proxy")),
        plain.sampling(),
        plain.grpcErrors(),
        plain.armAttributes(),
        Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @CsvSource({
    "http.route, /cart, http.request.method, GET, example.com/get",
    "http.route, /cart, http.method, PUT, example.com/route",
    "rpc.service, shop.Cart, rpc.method, Get, example.com/method",
    "rpc.system.name, grpc, rpc.method, shop.Cart/Put, example.com/service",
    "http.route, /mine, http.method, GET, example.com/ours",
    "http.route, /none, http.method, GET, ''"
  })
  void routeTable_decides_whereNothingElseDoes(
      String key1, String value1, String key2, String value2, String expected) {
    FactRecorder recorder =
        new FactRecorder(
            withRoutes(
                Map.of(
                    "GET /cart", "example.com/get",
                    "/cart", "example.com/route",
                    "shop.Cart/Get", "example.com/method",
                    "shop.Cart", "example.com/service",
                    "/mine", "example.com/theirs",
                    "checkout /mine", "example.com/ours")));
    recorder.read(Otlp.traces(RESOURCE, OTELHTTP, span(key1, value1, key2, value2)));
    assertPackage(
        recorder.onlySpan(),
        expected,
        expected.isEmpty() ? AttributionSource.NONE : AttributionSource.ROUTE);
  }

  @ParameterizedTest
  @CsvSource({
    "http.response.status_code, 500, true",
    "http.response.status_code, 499, false",
    "http.status_code, 503, true",
    "rpc.grpc.status_code, 2, true",
    "rpc.grpc.status_code, 1, false",
    "rpc.grpc.status_code, 5, false",
    "rpc.grpc.status_code, 14, true",
    "rpc.response.status_code, UNAVAILABLE, true",
    "rpc.status_code, DATA_LOSS, true",
    "rpc.status_code, NOT_FOUND, false",
    "rpc.response.status_code, CANCELLED, false"
  })
  void unsetStatus_failsByItsCodes(String key, String value, boolean failed) {
    Object typed = Character.isDigit(value.charAt(0)) ? Integer.parseInt(value) : value;
    assertThat(read(CART, span(key, typed)).onlySpan().has(SpanTraits.FAILED)).isEqualTo(failed);
    assertThat(
            read(CART, span(key, typed).setStatus(status(Status.StatusCode.STATUS_CODE_OK)))
                .onlySpan()
                .has(SpanTraits.FAILED))
        .isFalse();
  }

  @Test
  void errorStatus_fails() {
    FactRecorder.SpanSeen seen =
        read(CART, span().setStatus(status(Status.StatusCode.STATUS_CODE_ERROR))).onlySpan();
    assertThat(seen.has(SpanTraits.FAILED)).isTrue();
    assertThat(SpanTraits.status(seen.traits())).isEqualTo(SpanTraits.STATUS_ERROR);
  }

  @Test
  void exceptionAtOrAfterTheEnd_isAPanic_beforeItIsARecordedError() {
    FactRecorder panic =
        read(CART, span().addEvents(exception(END + 800, "*errors.errorString", "boom 17")));
    assertThat(panic.onlySpan().has(SpanTraits.FAILED)).isTrue();
    assertThat(panic.spanPanics).hasSize(1);
    PanicReport report = panic.spanPanics.get(0);
    assertThat(report.getSource()).isEqualTo(PanicReport.Source.SPAN);
    assertThat(report.getMessage()).isEqualTo("boom 17");
    assertThat(report.getType()).isEqualTo("*errors.errorString");
    assertThat(report.getPackage()).isEmpty();
    assertThat(report.getFingerprint()).isZero();
    assertThat(report.getTimeEpochNanos()).isEqualTo(END + 800);
    assertThat(report.getTraceId()).isEqualTo(Otlp.traceId(0x5eed, 1));

    FactRecorder error =
        read(CART, span().addEvents(exception(END - 1, "*errors.errorString", "boom")));
    assertThat(error.spanPanics).isEmpty();
    assertThat(error.onlySpan().has(SpanTraits.FAILED)).isFalse();
  }

  @Test
  void runtimeErrors_arePanics_wheneverTheyWereRecorded() {
    assertThat(
            read(CART, span().addEvents(exception(END - 5, "runtime.boundsError", "index")))
                .spanPanics)
        .hasSize(1);
  }

  /** A span whose end was set by hand, long before the error was recorded. */
  @Test
  void exceptionLongAfterTheEnd_provesNothing() {
    assertThat(
            read(CART, span().addEvents(exception(END + 3_000_000_000L, "*main.E", "late")))
                .spanPanics)
        .isEmpty();
  }

  @Test
  void abortedHandler_isNoPanic() {
    FactRecorder seen =
        read(
            CART,
            span().addEvents(exception(END + 1, "*errors.errorString", "net/http: abort Handler")));
    assertThat(seen.spanPanics).isEmpty();
    assertThat(seen.onlySpan().has(SpanTraits.FAILED)).isFalse();
  }

  @Test
  void panicRecordedTwiceInOneSpan_isOneReport() {
    FactRecorder seen =
        read(
            CART,
            span()
                .addEvents(exception(END - 50, "runtime.plainError", "close of closed channel"))
                .addEvents(exception(END + 50, "runtime.plainError", "close of closed channel")));
    assertThat(seen.spanPanics).hasSize(1);
  }

  @Test
  void stack_blamesItsPackage() {
    String stack =
        """
        goroutine 7 [running]:
        go.opentelemetry.io/otel/sdk/trace.(*recordingSpan).End(0xc000, {0x0, 0x0})
        \t/m/trace/span.go:1 +0x1
        panic({0x1, 0x2})
        \t/usr/local/go/src/runtime/panic.go:884 +0x212
        github.com/acme/shop/pkg/tax.Rate(0x0)
        \t/src/pkg/tax/tax.go:10 +0x1d
        """;
    FactRecorder seen =
        read(
            CART,
            span()
                .addEvents(
                    exception(END + 5, "*errors.errorString", "no rate")
                        .addAllAttributes(Otlp.attributes("exception.stacktrace", stack))));
    PanicReport report = seen.spanPanics.get(0);
    assertThat(report.getPackage()).isEqualTo("github.com/acme/shop/pkg/tax");
    assertThat(report.getFunction()).isEqualTo("Rate");
    assertThat(report.getFingerprint()).isNotZero();
    assertThat(report.getRecovered()).isTrue();
    assertThat(seen.onlySpan().goPackage()).isEqualTo(CART);
  }

  @Test
  void statusMessageWithAStack_isAPanic() {
    String message =
        "panic caught: no rate\n\ngoroutine 9 [running]:\n"
            + "panic({0x1, 0x2})\n\t/usr/local/go/src/runtime/panic.go:884 +0x212\n"
            + "github.com/acme/shop/pkg/tax.Rate(0x0)\n\t/src/pkg/tax/tax.go:10 +0x1d\n";
    FactRecorder seen =
        read(
            "x", span().setStatus(status(Status.StatusCode.STATUS_CODE_ERROR).setMessage(message)));
    assertThat(seen.spanPanics).hasSize(1);
    assertThat(seen.spanPanics.get(0).getPackage()).isEqualTo("github.com/acme/shop/pkg/tax");
  }

  @Test
  void panicIdentity_isEqualForACopy_andDiffersBetweenSpans() {
    FactRecorder recorder = new FactRecorder();
    for (long id : new long[] {1, 1, 2}) {
      recorder.read(
          Otlp.traces(
              RESOURCE,
              CART,
              Otlp.span(1, id, END).addEvents(exception(END, "runtime.plainError", "x"))));
    }
    List<PanicReport> reports = recorder.spanPanics;
    assertThat(reports.get(0).getIdentityHigh()).isEqualTo(reports.get(1).getIdentityHigh());
    assertThat(reports.get(0).getIdentityLow()).isEqualTo(reports.get(1).getIdentityLow());
    assertThat(reports.get(0).getIdentityHigh()).isNotEqualTo(reports.get(2).getIdentityHigh());
  }

  @Test
  void typeOfAFailedCallsError_standsIn_andSaysSo() {
    FactRecorder.SpanSeen seen =
        read(
                OTELHTTP,
                span()
                    .setStatus(status(Status.StatusCode.STATUS_CODE_ERROR))
                    .addEvents(
                        exception(END - 9, "github.com/acme/shop/pkg/tax.RateError", "none")))
            .onlySpan();
    assertPackage(seen, "github.com/acme/shop/pkg/tax", AttributionSource.EXCEPTION);
  }

  @ParameterizedTest
  @CsvSource({
    "init example.com/shop/pkg/slow, opaque, '', example.com/shop/pkg/slow",
    "example.com/shop/pkg/slow.init, opaque, '', example.com/shop/pkg/slow",
    "init, example.com/shop/pkg/slow, '', example.com/shop/pkg/slow",
    "init, opaque, example.com/shop/pkg/slow.init.0, example.com/shop/pkg/slow",
    "init main, opaque, '', main@checkout"
  })
  void initSpans_areRecognised(String name, String scope, String function, String expected) {
    Span.Builder span = function.isEmpty() ? span() : span("code.function.name", function);
    FactRecorder seen = read(scope, span.setName(name));
    assertThat(seen.onlySpan().has(SpanTraits.INIT)).isTrue();
    assertThat(seen.onlySpan().goPackage()).isEqualTo(expected);
    ProcessInit init = seen.inits.get(0);
    assertThat(init.getPackage()).isEqualTo(expected);
    assertThat(init.getDurationNanos()).isEqualTo(1_000_000);
    assertThat(init.getTimeEpochNanos()).isEqualTo(END);
  }

  /** The Go helper's root over the inits of a process. */
  @Test
  void rootOfAllInits_isNeitherCallNorInit() {
    FactRecorder seen = read("example.com/pkgslo", span().setName("process.init"));
    assertThat(seen.onlySpan().has(SpanTraits.INIT)).isTrue();
    assertThat(seen.inits).isEmpty();

    Span.Builder child = span().setName("process.init").setParentSpanId(Otlp.spanId(7));
    assertThat(read("a.io/b", child).onlySpan().has(SpanTraits.INIT)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"init database, opaque", "init, opaque", "reinit, example.com/shop/pkg/slow"})
  void spansThatAreMerelyCalledInit_areCalls(String name, String scope) {
    FactRecorder seen = read(scope, span().setName(name));
    assertThat(seen.onlySpan().has(SpanTraits.INIT)).isFalse();
    assertThat(seen.inits).isEmpty();
  }

  @Test
  void initSpan_ofAnotherKind_isACall() {
    assertThat(read("x", span().setName("init a/b").setKind(Span.SpanKind.SPAN_KIND_SERVER)).inits)
        .isEmpty();
  }

  @Test
  void sidecar_isMarked_byAttributeAndByScope() {
    Span.Builder server = span().setKind(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(SpanTraits.isApiCall(read(CART, server).onlySpan().traits())).isTrue();
    Span.Builder proxy = server.clone().addAllAttributes(Otlp.attributes("component", "proxy"));
    assertThat(SpanTraits.isApiCall(read(CART, proxy).onlySpan().traits())).isFalse();
    FactRecorder byScope = new FactRecorder(withRoutes(Map.of()));
    byScope.read(Otlp.traces(RESOURCE, "istio", server));
    assertThat(byScope.onlySpan().has(SpanTraits.SIDECAR)).isTrue();
  }

  @Test
  void remoteParent_isMarked() {
    assertThat(read(CART, span().setFlags(0x301)).onlySpan().has(SpanTraits.PARENT_REMOTE))
        .isTrue();
    assertThat(read(CART, span().setFlags(0x101)).onlySpan().has(SpanTraits.PARENT_REMOTE))
        .isFalse();
  }

  @Test
  void unusableSpans_areDroppedByReason_andTheRestCounts() {
    FactRecorder seen = new FactRecorder();
    long skew = Duration.ofMinutes(5).toNanos();
    seen.read(
        Otlp.traces(
            RESOURCE,
            CART,
            Otlp.span(1, 1, END).clearTraceId(),
            Otlp.span(1, 0, END),
            Otlp.span(1, 2, END).clearEndTimeUnixNano(),
            Otlp.span(1, 3, END + skew + 1_000_000),
            Otlp.span(1, 4, -1),
            Otlp.span(1, 5, END + skew)));
    assertThat(seen.onlySpan().spanId()).isEqualTo(5);
    assertThat(seen.counts.droppedItems(DropReason.NO_IDS)).isEqualTo(2);
    assertThat(seen.counts.droppedItems(DropReason.NO_TIME)).isEqualTo(1);
    assertThat(seen.counts.droppedItems(DropReason.FUTURE)).isEqualTo(2);
    assertThat(seen.counts.receivedItems()).isEqualTo(6);
    assertThat(seen.counts.processedItems()).isEqualTo(1);
  }

  @Test
  void brokenTimesAndMissingServices_areCorrectedAndCounted() {
    FactRecorder seen = new FactRecorder();
    seen.read(
        Otlp.traces(
            Otlp.resource(),
            CART,
            Otlp.span(1, 1, END).setStartTimeUnixNano(END + 5),
            Otlp.span(1, 2, END).clearStartTimeUnixNano()));
    assertThat(seen.spans).allSatisfy(span -> assertThat(span.duration()).isZero());
    assertThat(seen.counts.correctedItems(Correction.END_BEFORE_START)).isEqualTo(1);
    assertThat(seen.counts.correctedItems(Correction.NO_START)).isEqualTo(1);
    assertThat(seen.counts.correctedItems(Correction.NO_SERVICE)).isEqualTo(2);
  }

  private static FactRecorder readFailed(Span.SpanKind kind, String message) {
    return read(
        CART,
        span()
            .setKind(kind)
            .setStatus(status(Status.StatusCode.STATUS_CODE_ERROR).setMessage(message)));
  }

  /** go-grpc-middleware v1 makes the bare value of a panic the status' message. */
  @Test
  void statusMessageThatOnlyTheRuntimeWrites_isAPanic() {
    String nil = "runtime error: invalid memory address or nil pointer dereference";
    PanicReport report = readFailed(Span.SpanKind.SPAN_KIND_SERVER, nil).spanPanics.get(0);
    assertThat(report.getMessage()).isEqualTo(nil);
    assertThat(report.getRecovered()).isTrue();
    assertThat(report.getPackage()).isEmpty();
    assertThat(readFailed(Span.SpanKind.SPAN_KIND_SERVER, "no account: EOF").spanPanics).isEmpty();
    assertThat(readFailed(Span.SpanKind.SPAN_KIND_SERVER, "cannot recover: EOF").spanPanics)
        .isEmpty();
  }

  /** The status of a call repeats what the callee's process said of its own panic. */
  @Test
  void statusMessageOfACaller_isNoPanicOfIts() {
    String caught =
        "panic caught: no rate\n\ngoroutine 9 [running]:\npanic({0x1, 0x2})\n\tx.go:1\n";
    assertThat(readFailed(Span.SpanKind.SPAN_KIND_SERVER, caught).spanPanics).hasSize(1);
    assertThat(readFailed(Span.SpanKind.SPAN_KIND_CLIENT, caught).spanPanics).isEmpty();
    String received = "rpc error: code = Unknown desc = " + caught;
    assertThat(readFailed(Span.SpanKind.SPAN_KIND_INTERNAL, received).spanPanics).isEmpty();
  }
}
