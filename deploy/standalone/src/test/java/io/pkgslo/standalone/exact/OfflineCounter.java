// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.pkgslo.standalone.exact.StandardError.Init;
import io.pkgslo.standalone.exact.Telemetry.EmittedLog;
import io.pkgslo.standalone.exact.Telemetry.EmittedSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Counts a recording by the definitions of {@code sli.md} and {@code go-telemetry.md}: everything
 * is in memory, nothing is late, nothing is a window. Written to be checked against those pages,
 * not to be fast.
 *
 * <p>It knows what the shop emits. Where a recording has what only other systems send (sampling
 * weights, init spans, stacks in status messages), it refuses rather than count wrongly.
 */
final class OfflineCounter {
  /** gRPC codes that are errors where the status is unset, as otelgrpc's server maps them. */
  private static final Set<String> GRPC_ERRORS =
      Set.of(
          "UNKNOWN",
          "DEADLINE_EXCEEDED",
          "UNIMPLEMENTED",
          "INTERNAL",
          "UNAVAILABLE",
          "DATA_LOSS",
          "2",
          "4",
          "12",
          "13",
          "14",
          "15");

  private final Telemetry telemetry;
  private final SpanPackages packages;
  private final Totals totals = new Totals();

  private OfflineCounter(Telemetry telemetry) {
    this.telemetry = telemetry;
    this.packages = new SpanPackages(telemetry);
  }

  /** Counts one shape of a recording. */
  static Totals count(Path recording, Shape shape) throws IOException {
    OfflineCounter counter = new OfflineCounter(Telemetry.read(recording, shape));
    StandardError standardError = new StandardError(counter.telemetry.logs());
    counter.countCalls();
    counter.countInits(standardError.inits());
    counter.countPanics(standardError.panics());
    return counter.totals;
  }

  private void countCalls() {
    for (EmittedSpan emitted : telemetry.spans()) {
      refuseWhatIsNotKnown(emitted.span());
      Subject subject = emitted.emitter().subject(packages.of(emitted));
      SpanKind kind = emitted.span().getKind();
      boolean api = kind == SpanKind.SPAN_KIND_SERVER || kind == SpanKind.SPAN_KIND_CONSUMER;
      totals.count(subject, Measure.CALLS);
      if (api) {
        totals.count(subject, Measure.API_CALLS);
      }
      if (isError(emitted)) {
        totals.count(subject, Measure.ERRORS);
        if (api) {
          totals.count(subject, Measure.API_ERRORS);
        }
      }
    }
  }

  private static void refuseWhatIsNotKnown(Span span) {
    boolean known =
        span.getTraceState().isEmpty()
            && !span.getStatus().getMessage().contains("goroutine ")
            && !span.getName().matches("init|init .*|.*\\.init");
    if (!known) {
      throw new IllegalStateException("the counter has no rule for " + span);
    }
  }

  /** Status ERROR; or unset, and a code of HTTP or gRPC says so; or a panic went through it. */
  private static boolean isError(EmittedSpan emitted) {
    StatusCode status = emitted.span().getStatus().getCode();
    if (status == StatusCode.STATUS_CODE_ERROR || !PanicFinder.inSpan(emitted).isEmpty()) {
      return true;
    }
    Map<String, String> attributes = Attributes.of(emitted.span().getAttributesList());
    String http = Attributes.first(attributes, "http.response.status_code", "http.status_code");
    String grpc =
        Attributes.first(
            attributes, "rpc.grpc.status_code", "rpc.response.status_code", "rpc.status_code");
    return status == StatusCode.STATUS_CODE_UNSET
        && ((!http.isEmpty() && Integer.parseInt(http) >= 500) || GRPC_ERRORS.contains(grpc));
  }

  private void countInits(List<Init> inits) {
    for (Init init : inits) {
      Emitter emitter = init.emitter();
      String goPackage = GoNames.counted(init.importPath(), emitter.service());
      totals.count(emitter.subject(goPackage), Measure.INITS);
    }
  }

  private void countPanics(List<PanicReport> ofStandardError) {
    List<PanicReport> reports = new ArrayList<>(ofStandardError);
    for (EmittedSpan span : telemetry.spans()) {
      reports.addAll(PanicFinder.inSpan(span));
    }
    for (EmittedLog log : telemetry.logs()) {
      PanicReport report = PanicFinder.inLog(log);
      if (report != null) {
        reports.add(report);
      }
    }
    for (List<PanicReport> panic : new PanicMerger(telemetry).panics(reports)) {
      Emitter emitter = panic.get(0).emitter();
      boolean inInit = stacks(panic).stream().anyMatch(Stack::isInit);
      totals.count(emitter.subject(blamed(panic)), inInit ? Measure.INIT_FAILURES : Measure.PANICS);
    }
  }

  /** A stack decides over the span's own package. */
  private String blamed(List<PanicReport> panic) {
    String service = panic.get(0).emitter().service();
    for (Stack stack : stacks(panic)) {
      String path = stack.blamed();
      if (path != null) {
        return GoNames.counted(path, service);
      }
    }
    for (PanicReport report : panic) {
      EmittedSpan span = report.span();
      if (span != null) {
        return packages.of(span);
      }
    }
    return SpanPackages.UNATTRIBUTED;
  }

  private static List<Stack> stacks(List<PanicReport> panic) {
    return panic.stream().map(PanicReport::stack).filter(Objects::nonNull).toList();
  }
}
