// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.model.Topics;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The payloads before and after differ by exactly 2 s in every time, in both encodings. */
class TimeShiftTest {
  private static final TimeShift SHIFT = new TimeShift(2_000);
  private static final long T = 1_700_000_000_000_000_000L;
  private static final long MOVED = T + 2_000_000_000L;

  @Test
  void spans_protobuf_allTimesMoveAndNothingElse() throws Exception {
    byte[] shifted = SHIFT.apply(Topics.OTLP_SPANS, spans(T).toByteArray());

    assertThat(TracesData.parseFrom(shifted)).isEqualTo(spans(MOVED));
  }

  @Test
  void logs_protobuf_allTimesMoveAndTextStays() throws Exception {
    byte[] shifted = SHIFT.apply(Topics.OTLP_LOGS, logs(T).toByteArray());

    assertThat(LogsData.parseFrom(shifted)).isEqualTo(logs(MOVED));
  }

  @Test
  void metrics_protobuf_pointsOfEveryKindMove() throws Exception {
    byte[] shifted = SHIFT.apply(Topics.OTLP_METRICS, metrics(T).toByteArray());

    assertThat(MetricsData.parseFrom(shifted)).isEqualTo(metrics(MOVED));
  }

  /** A log without its own time has an observed time only; a 0 would otherwise turn into 1970. */
  @Test
  void absentTime_staysAbsent() throws Exception {
    LogsData data =
        LogsData.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder()
                    .addScopeLogs(
                        ScopeLogs.newBuilder()
                            .addLogRecords(LogRecord.newBuilder().setObservedTimeUnixNano(T))))
            .build();

    LogRecord log =
        LogsData.parseFrom(SHIFT.apply(Topics.OTLP_LOGS, data.toByteArray()))
            .getResourceLogs(0)
            .getScopeLogs(0)
            .getLogRecords(0);

    assertThat(log.getTimeUnixNano()).isZero();
    assertThat(log.getObservedTimeUnixNano()).isEqualTo(MOVED);
  }

  @Test
  void json_stringsAndNumbersMove_restIsKeptToTheLetter() {
    String before =
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"timeUnixNano\",\"value\":"
            + "{\"stringValue\":\"1700000000000000000\"}}]},\"scopeSpans\":[{\"spans\":[{\"traceId\":"
            + "\"5B8EFFF798038103D269B633813FC60C\",\"startTimeUnixNano\":\"1700000000000000000\","
            + "\"endTimeUnixNano\":1700000000000000000,\"events\":[{\"timeUnixNano\":"
            + "\"1700000000000000000\",\"attributes\":[{\"key\":\"d\",\"value\":{\"doubleValue\":"
            + "1.50e1}}]}],\"x\":null,\"y\":\"\\u00fc\"}]}]}]}";
    String after =
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"timeUnixNano\",\"value\":"
            + "{\"stringValue\":\"1700000000000000000\"}}]},\"scopeSpans\":[{\"spans\":[{\"traceId\":"
            + "\"5B8EFFF798038103D269B633813FC60C\",\"startTimeUnixNano\":\"1700000002000000000\","
            + "\"endTimeUnixNano\":1700000002000000000,\"events\":[{\"timeUnixNano\":"
            + "\"1700000002000000000\",\"attributes\":[{\"key\":\"d\",\"value\":{\"doubleValue\":"
            + "1.50e1}}]}],\"x\":null,\"y\":\"\u00fc\"}]}]}]}";

    byte[] shifted = SHIFT.apply(Topics.OTLP_SPANS, before.getBytes(StandardCharsets.UTF_8));

    assertThat(new String(shifted, StandardCharsets.UTF_8)).isEqualTo(after);
  }

  @Test
  void json_absentTimes_stayAbsent() {
    String json =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"0\","
            + "\"observedTimeUnixNano\":0},{\"timeUnixNano\":null,\"observedTimeUnixNano\":\"\"}]}]}]}";

    byte[] shifted = SHIFT.apply(Topics.OTLP_LOGS, json.getBytes(StandardCharsets.UTF_8));

    assertThat(new String(shifted, StandardCharsets.UTF_8)).isEqualTo(json);
  }

  /** Bad input is part of a recording: it must arrive as bad as it was. */
  @Test
  void notOtlp_comesBackAsItWas() {
    byte[][] payloads = {
      {},
      {(byte) 0xff, (byte) 0xff, 3},
      "{\"cut off".getBytes(StandardCharsets.UTF_8),
      // What a Jaeger batch looks like: field 1, but nothing known in it.
      UnknownFieldSet.newBuilder()
          .addField(
              1,
              UnknownFieldSet.Field.newBuilder()
                  .addLengthDelimited(ByteString.copyFrom(new byte[] {0x32, 1, 'x'}))
                  .build())
          .build()
          .toByteArray(),
      java.util.Arrays.copyOf(spans(T).toByteArray(), 40)
    };
    for (byte[] payload : payloads) {
      assertThat(SHIFT.apply(Topics.OTLP_SPANS, payload)).isSameAs(payload);
    }
  }

  @Test
  void otherTopic_isNotTouched() {
    byte[] payload = spans(T).toByteArray();
    assertThat(SHIFT.apply("pkgslo.spans", payload)).isSameAs(payload);
  }

  @Test
  void shiftAndBack_isTheIdentity() {
    byte[] payload = metrics(T).toByteArray();
    byte[] there = new TimeShift(-86_400_000).apply(Topics.OTLP_METRICS, payload);
    assertThat(new TimeShift(86_400_000).apply(Topics.OTLP_METRICS, there)).isEqualTo(payload);
  }

  private static TracesData spans(long time) {
    return TracesData.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .addScopeSpans(
                    ScopeSpans.newBuilder()
                        .addSpans(
                            Span.newBuilder()
                                .setName("a")
                                .setStartTimeUnixNano(time)
                                .setEndTimeUnixNano(time + 5)
                                .addEvents(Span.Event.newBuilder().setTimeUnixNano(time + 3))
                                .addEvents(Span.Event.newBuilder().setName("no time"))
                                .setUnknownFields(
                                    UnknownFieldSet.newBuilder()
                                        .addField(
                                            900,
                                            UnknownFieldSet.Field.newBuilder().addVarint(T).build())
                                        .build()))
                        .addSpans(Span.newBuilder().setName("b").setStartTimeUnixNano(time - 9))))
        .build();
  }

  private static LogsData logs(long time) {
    return LogsData.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .addScopeLogs(
                    ScopeLogs.newBuilder()
                        .addLogRecords(
                            LogRecord.newBuilder()
                                .setTimeUnixNano(time)
                                .setObservedTimeUnixNano(time + 1)
                                .setBody(
                                    AnyValue.newBuilder()
                                        .setStringValue("panic at 1700000000000000000"))
                                .addAttributes(
                                    KeyValue.newBuilder()
                                        .setKey("time")
                                        .setValue(AnyValue.newBuilder().setIntValue(T))))))
        .build();
  }

  private static MetricsData metrics(long time) {
    Exemplar.Builder exemplar = Exemplar.newBuilder().setTimeUnixNano(time + 7).setAsDouble(1);
    NumberDataPoint.Builder number =
        NumberDataPoint.newBuilder()
            .setStartTimeUnixNano(time - 100)
            .setTimeUnixNano(time)
            .setAsInt(T)
            .addExemplars(exemplar);
    return MetricsData.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(
                    ScopeMetrics.newBuilder()
                        .addMetrics(metric().setGauge(Gauge.newBuilder().addDataPoints(number)))
                        .addMetrics(metric().setSum(Sum.newBuilder().addDataPoints(number)))
                        .addMetrics(
                            metric()
                                .setHistogram(
                                    Histogram.newBuilder()
                                        .addDataPoints(
                                            HistogramDataPoint.newBuilder()
                                                .setStartTimeUnixNano(time - 100)
                                                .setTimeUnixNano(time)
                                                .addExemplars(exemplar))))
                        .addMetrics(
                            metric()
                                .setExponentialHistogram(
                                    ExponentialHistogram.newBuilder()
                                        .addDataPoints(
                                            ExponentialHistogramDataPoint.newBuilder()
                                                .setStartTimeUnixNano(time - 100)
                                                .setTimeUnixNano(time)
                                                .addExemplars(exemplar))))
                        .addMetrics(
                            metric()
                                .setSummary(
                                    Summary.newBuilder()
                                        .addDataPoints(
                                            SummaryDataPoint.newBuilder()
                                                .setStartTimeUnixNano(time - 100)
                                                .setTimeUnixNano(time))))
                        .addMetrics(metric())))
        .build();
  }

  private static Metric.Builder metric() {
    return Metric.newBuilder().setName("m");
  }
}
