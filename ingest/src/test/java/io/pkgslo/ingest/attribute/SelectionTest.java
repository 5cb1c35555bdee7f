// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.pkgslo.ingest.Otlp;
import io.pkgslo.model.SelectorId;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.Selection;
import io.pkgslo.model.wire.SelectionSet;
import io.pkgslo.model.wire.Selector;
import io.pkgslo.model.wire.SelectorLabel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which items are events of objectives with selectors, and which of them are bad. */
class SelectionTest {
  private static final long TIME = FactRecorder.NOW_NANOS;
  private static final String PACKAGE = "github.com/acme/shop/pkg/cart";
  private static final Resource RESOURCE =
      Otlp.resource("service.name", "checkout", "cloud.region", "eu");

  private static Objective objective(Objective.Sli sli, Selector.Builder selector) {
    return Objective.newBuilder().setId("o").setSli(sli).setSelector(selector).build();
  }

  private static Selector.Builder filter(String filter, String... labels) {
    Selector.Builder selector = Selector.newBuilder().setFilter(filter);
    for (String label : labels) {
      selector.addLabel(SelectorLabel.newBuilder().setName("l").setPath(label));
    }
    return selector;
  }

  private static Selection selection(Objective objective, boolean bad, String... labels) {
    return Selection.newBuilder()
        .setSelector(SelectorId.of(objective))
        .setBad(bad)
        .addAllLabel(List.of(labels))
        .build();
  }

  private static SelectionSet set(Selection... selections) {
    return SelectionSet.newBuilder().addAllSelection(List.of(selections)).build();
  }

  private static Span.Builder span(long id, long millis, Object... attributes) {
    return Otlp.span(1, id, TIME)
        .setStartTimeUnixNano(TIME - millis * 1_000_000)
        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
        .addAllAttributes(Otlp.attributes(attributes));
  }

  private static FactRecorder spans(List<Objective> objectives, Span.Builder... spans) {
    return recorder(objectives).read(Otlp.traces(RESOURCE, PACKAGE, spans));
  }

  private static FactRecorder logs(List<Objective> objectives, LogRecord.Builder... logs) {
    return recorder(objectives).read(Otlp.logs(RESOURCE, PACKAGE, logs));
  }

  private static FactRecorder metrics(List<Objective> objectives, Metric.Builder... metrics) {
    return recorder(objectives).read(Otlp.metrics(RESOURCE, metrics));
  }

  private static FactRecorder recorder(List<Objective> objectives) {
    return new FactRecorder().select(objectives.toArray(Objective[]::new));
  }

  @Test
  void spans_byFilterWithLabels() {
    Objective latency =
        objective(Objective.Sli.LATENCY, filter("tier == 'paid'", "cloud.region", "tenant"))
            .toBuilder()
            .setThresholdNanos(200_000_000)
            .build();

    FactRecorder seen =
        spans(
            List.of(latency),
            span(1, 200, "tier", "paid", "tenant", "gold"),
            span(2, 201, "tier", "paid"),
            span(3, 900, "tier", "free"),
            span(4, 5, "tier", "paid", "cloud.region", "its own", "tenant", 7));

    assertThat(seen.selectedSpans)
        .containsOnlyKeys(0, 1, 3)
        .containsEntry(0, set(selection(latency, false, "eu", "gold")))
        .containsEntry(1, set(selection(latency, true, "eu", "")))
        .containsEntry(3, set(selection(latency, false, "its own", "7")));
  }

  @Test
  void spans_ofAvailability_areApiCallsOfTheKinds() {
    Objective availability =
        objective(Objective.Sli.AVAILABILITY, filter("name like 'GET *'")).toBuilder()
            .addKind(2)
            .build();
    Span.Builder failed =
        span(2, 1).setName("GET /b").setStatus(Status.newBuilder().setCodeValue(2));

    FactRecorder seen =
        spans(
            List.of(availability),
            span(1, 1).setName("GET /a"),
            failed,
            span(3, 1).setName("GET /c").setKind(Span.SpanKind.SPAN_KIND_INTERNAL),
            span(4, 1).setName("GET /d").setKind(Span.SpanKind.SPAN_KIND_CONSUMER),
            span(5, 1).setName("POST /a"));

    assertThat(seen.selectedSpans)
        .containsOnlyKeys(0, 1)
        .containsEntry(0, set(selection(availability, false)))
        .containsEntry(1, set(selection(availability, true)));
  }

  @Test
  void itemsOfOtherServices_areNotAsked() {
    Objective other =
        objective(Objective.Sli.AVAILABILITY, filter("")).toBuilder().setService("cart*").build();

    assertThat(
            new FactRecorder()
                .select(other)
                .read(Otlp.traces(RESOURCE, PACKAGE, span(1, 1)))
                .selectedSpans)
        .isEmpty();
  }

  /** Objectives with one filter and different targets share what is selected. */
  @Test
  void equalSelectors_selectOnce_andAChangedOneStaysBesideTheNew() {
    Objective first = objective(Objective.Sli.AVAILABILITY, filter("a == 1"));
    Objective twin = first.toBuilder().setId("twin").setTarget("0.5").build();
    Objective changed = objective(Objective.Sli.AVAILABILITY, filter("a >= 1"));

    FactRecorder seen =
        spans(List.of(first, twin, changed), span(1, 1, "a", 1), span(2, 1, "a", 2));

    assertThat(seen.selectedSpans.get(0).getSelectionList())
        .containsExactlyInAnyOrder(selection(first, false), selection(changed, false));
    assertThat(seen.selectedSpans.get(1)).isEqualTo(set(selection(changed, false)));
  }

  private static LogRecord.Builder log(String body, Object... attributes) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(TIME)
        .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
        .setBody(Otlp.value(body))
        .addAllAttributes(Otlp.attributes(attributes));
  }

  /** Attributes, fields of a JSON body and the event name are the same to a filter. */
  @Test
  void logs_byEventAndSeverity() {
    Objective logs =
        objective(
            Objective.Sli.LOG,
            filter("event == 'charge' and resource.attributes['cloud.region'] == 'eu'", "tenant")
                .setBadFilter("severity >= ERROR or error.code != nil"));

    FactRecorder seen =
        logs(
            List.of(logs),
            log("paid", "event.name", "charge", "tenant", "gold"),
            log("{\"msg\":\"paid\",\"event_type\":\"charge\",\"error\":{\"code\":7}}"),
            log("no").setEventName("charge").setSeverityNumberValue(17),
            log("other", "event.name", "refund"),
            log("traced", "event.name", "charge").setTraceId(Otlp.traceId(1, 2)));

    assertThat(seen.processLogs)
        .extracting(log -> log.hasSelected() ? log.getSelected() : null)
        .containsExactly(
            set(selection(logs, false, "gold")),
            set(selection(logs, true, "")),
            set(selection(logs, true, "")),
            null);
    assertThat(seen.selectedLogs).containsEntry(0, set(selection(logs, false, "")));
  }

  /** It goes to its process even where it names a trace, and what it is goes with it. */
  @Test
  void auditRecords_areSelectedAsTheirProcesssLogs() {
    Objective logs =
        objective(
            Objective.Sli.LOG, filter("verb == 'get'").setBadFilter("responseStatus.code >= 500"));
    String json =
        "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"auditID\":\"a-1\","
            + "\"stage\":\"ResponseComplete\",\"verb\":\"get\","
            + "\"responseStatus\":{\"code\":503}}";

    FactRecorder seen =
        new FactRecorder()
            .select(logs)
            .read(Otlp.logs(RESOURCE, "", log(json).setTraceId(Otlp.traceId(1, 2))));

    assertThat(seen.selectedLogs).isEmpty();
    assertThat(seen.processLogs)
        .extracting(ProcessLog::getSelected)
        .containsExactly(set(selection(logs, true)));
  }

  /** A record without the number, or with none that is one, proves neither. */
  @Test
  void logs_byANumber() {
    Objective logs =
        objective(Objective.Sli.LOG, filter("").setMetric("duration_ms").setAbove("250"));

    FactRecorder seen =
        logs(
            List.of(logs),
            log("a", "duration_ms", 250),
            log("b", "duration_ms", 250.5),
            log("c", "duration_ms", "1e3"),
            log("d", "duration_ms", "long"),
            log("e"));

    assertThat(seen.processLogs)
        .extracting(log -> log.hasSelected() ? log.getSelected().getSelection(0).getBad() : null)
        .containsExactly(false, true, true, null, null);
  }

  private static NumberDataPoint.Builder point(double value, Object... attributes) {
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(TIME - 9)
        .setTimeUnixNano(TIME)
        .setAsDouble(value)
        .addAllAttributes(Otlp.attributes(attributes));
  }

  private static Metric.Builder sum(String name, boolean monotonic, NumberDataPoint.Builder... of) {
    Sum.Builder sum =
        Sum.newBuilder()
            .setIsMonotonic(monotonic)
            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    for (NumberDataPoint.Builder point : of) {
      sum.addDataPoints(point);
    }
    return Metric.newBuilder().setName(name).setSum(sum);
  }

  private static Metric.Builder histogram(String name, List<Double> bounds, List<Long> counts) {
    return Metric.newBuilder()
        .setName(name)
        .setHistogram(
            Histogram.newBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                .addDataPoints(
                    HistogramDataPoint.newBuilder()
                        .setTimeUnixNano(TIME)
                        .setCount(counts.stream().mapToLong(Long::longValue).sum())
                        .addAllExplicitBounds(bounds)
                        .addAllBucketCounts(counts)));
  }

  @Test
  void metrics_ofTwoCounters() {
    Objective metric =
        objective(
            Objective.Sli.METRIC,
            filter("kind != 'test'", "tenant").setMetric("orders").setBadMetric("failed"));

    FactRecorder seen =
        metrics(
            List.of(metric),
            sum("orders", true, point(10, "tenant", "a"), point(5, "kind", "test")),
            sum("failed", true, point(3, "tenant", "a")));

    assertThat(seen.selectedPoints).hasSize(2);
    SelectedPoint orders = seen.selectedPoints.get(0);
    assertThat(orders.getStartEpochNanos()).isEqualTo(TIME - 9);
    assertThat(orders.getTimeEpochNanos()).isEqualTo(TIME);
    assertThat(orders.getDelta()).isFalse();
    assertThat(orders.getAmountList())
        .containsExactly(
            SelectedPoint.Amount.newBuilder()
                .setSelection(selection(metric, false, "a"))
                .setValid(10)
                .build());
    assertThat(seen.selectedPoints.get(1).getAmountList())
        .containsExactly(
            SelectedPoint.Amount.newBuilder()
                .setSelection(selection(metric, false, "a"))
                .setBad(3)
                .build());
    assertThat(seen.counts.processedItems()).isEqualTo(2);
    assertThat(seen.counts.droppedItems(DropReason.NOT_SELECTED)).isEqualTo(1);
  }

  @Test
  void metrics_badSeriesOfOneCounter() {
    Objective metric =
        objective(
            Objective.Sli.METRIC,
            filter("")
                .setMetric("orders")
                .setBadMetric("orders")
                .setBadFilter("outcome == 'failed'"));

    FactRecorder seen =
        metrics(
            List.of(metric),
            sum("orders", true, point(10, "outcome", "ok"), point(3, "outcome", "failed")));

    assertThat(seen.selectedPoints)
        .extracting(p -> p.getAmount(0).getValid(), p -> p.getAmount(0).getBad())
        .containsExactly(tuple(10.0, 0.0), tuple(3.0, 3.0));
    assertThat(seen.selectedPoints.get(0).getSeriesLow())
        .isNotEqualTo(seen.selectedPoints.get(1).getSeriesLow());
  }

  @Test
  void metrics_histogramAboveItsBound() {
    Objective metric =
        objective(Objective.Sli.METRIC, filter("").setMetric("duration").setAbove("0.5"));

    FactRecorder seen =
        metrics(
            List.of(metric),
            histogram("duration", List.of(0.1, 0.5, 1.0), List.of(1L, 2L, 4L, 8L)),
            histogram("duration", List.of(0.1, 1.0), List.of(1L, 2L, 4L)));

    assertThat(seen.selectedPoints).hasSize(1);
    assertThat(seen.selectedPoints.get(0).getDelta()).isTrue();
    assertThat(seen.selectedPoints.get(0).getAmount(0).getValid()).isEqualTo(15);
    assertThat(seen.selectedPoints.get(0).getAmount(0).getBad()).isEqualTo(12);
    assertThat(seen.counts.droppedItems(DropReason.NO_SUCH_BOUND)).isEqualTo(1);
  }

  @Test
  void metrics_thatAreNoCounters_areDropped() {
    Objective metric = objective(Objective.Sli.METRIC, filter("").setMetric("queue"));

    FactRecorder seen =
        metrics(
            List.of(metric),
            sum("queue", false, point(1)),
            Metric.newBuilder()
                .setName("queue")
                .setGauge(Gauge.newBuilder().addDataPoints(point(1))),
            sum("other", true, point(1)));

    assertThat(seen.selectedPoints).isEmpty();
    assertThat(seen.counts.droppedItems(DropReason.NOT_A_COUNTER)).isEqualTo(2);
    assertThat(seen.counts.droppedItems(DropReason.NOT_GO_RUNTIME)).isEqualTo(1);
  }

  /** What is a label must not end a line of an exposition or fill a disk. */
  @Test
  void labels_areBoundedAndClean() {
    Objective availability = objective(Objective.Sli.AVAILABILITY, filter("", "tenant"));

    FactRecorder seen =
        spans(
            List.of(availability),
            span(1, 1, "tenant", "a\u0000b\nc"),
            span(2, 1, "tenant", "x".repeat(1_000)));

    assertThat(seen.selectedSpans.get(0).getSelection(0).getLabel(0)).isEqualTo("a b c");
    assertThat(seen.selectedSpans.get(1).getSelection(0).getLabel(0)).hasSize(128);
  }
}
