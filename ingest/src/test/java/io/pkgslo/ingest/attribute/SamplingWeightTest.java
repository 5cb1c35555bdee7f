// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.proto.trace.v1.Span;
import io.pkgslo.ingest.Otlp;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.SpanTraits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of go-telemetry.md, section 7. */
class SamplingWeightTest {
  /** All random bits set: above every threshold. */
  private static final long RANDOM = 0x00ff_ffff_ffff_ffffL;

  private static FactRecorder.SpanSeen seen(SamplingRules rules, Span.Builder span) {
    AttributeSettings plain = AttributeSettings.DEFAULT;
    return new FactRecorder(
            new AttributeSettings(
                plain.packages(),
                plain.blame(),
                plain.sidecars(),
                rules,
                plain.grpcErrors(),
                plain.armAttributes(),
                Duration.ofMinutes(5)))
        .read(Otlp.traces(Otlp.resource("service.name", "checkout"), "s", span))
        .onlySpan();
  }

  private static Span.Builder span() {
    return Otlp.span(RANDOM, 1, FactRecorder.NOW_NANOS);
  }

  private static FactRecorder.SpanSeen traceState(String traceState) {
    return seen(SamplingRules.DEFAULT, span().setTraceState(traceState));
  }

  private static FactRecorder.SpanSeen attributes(Object... attributes) {
    return seen(SamplingRules.DEFAULT, span().addAllAttributes(Otlp.attributes(attributes)));
  }

  private static void assertUnknown(FactRecorder.SpanSeen seen) {
    assertThat(seen.has(SpanTraits.WEIGHT_UNKNOWN)).isTrue();
    assertThat(seen.weight()).isEqualTo(FixedPoint.ONE);
  }

  private static void assertWeight(FactRecorder.SpanSeen seen, double count) {
    assertThat(seen.has(SpanTraits.WEIGHT_UNKNOWN)).isFalse();
    assertThat(FixedPoint.toDouble(seen.weight())).isEqualTo(count, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({
    "ot=th:0, 1",
    "ot=th:8, 2",
    "ot=th:c, 4",
    "ot=th:fd70a4, 100.00009",
    "ot=th:ffbe77, 1000.0129",
    "'foo=bar, ot=rv:ffffffffffffff;th:8 ,x=y', 2",
    "ot=p:3;r:5, 8",
    "ot=p:0;r:0, 1",
    "ot=p:63;r:5, 0",
    "ot=p:2;th:8, 2",
    "es=s:0.25, 4"
  })
  void traceState_givesTheAdjustedCount(String traceState, double count) {
    assertWeight(traceState(traceState), count);
  }

  @Test
  void threshold_isRoundedOnce_halfToEven() {
    assertThat(traceState("ot=th:55555555555556").weight())
        .isEqualTo(Math.round(FixedPoint.ONE * 1.5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ot=th:",
        "ot=th:xyz",
        "ot=th:123456789abcdef",
        "ot=th:C",
        "ot=th:8;rv:12",
        "ot=p:7;r:5",
        "ot=p:64;r:5",
        "es=s:0",
        "es=s:x"
      })
  void unusableTraceState_isUnknown(String traceState) {
    assertUnknown(traceState(traceState));
  }

  /** Someone raised the threshold without dropping the span, or lost the randomness. */
  @Test
  void randomnessBelowThreshold_isUnknown() {
    assertUnknown(traceState("ot=th:8;rv:7fffffffffffff"));
    assertUnknown(
        seen(
            SamplingRules.DEFAULT,
            Otlp.span(1, 1, FactRecorder.NOW_NANOS).setTraceState("ot=th:8")));
  }

  @Test
  void samplersAttributes_giveTheAdjustedCount() {
    assertWeight(
        attributes("jaeger.sampler.type", "probabilistic", "jaeger.sampler.param", 0.1), 10);
    assertWeight(attributes("sampler.type", "const", "sampler.param", true), 1);
    assertWeight(attributes("SampleRate", 25), 25);
    assertWeight(attributes("sampleRate", "4"), 4);
    assertWeight(attributes("sampling.rate", 0.5), 2);
    assertWeight(attributes("sample_rate", 20.0), 20);
    assertWeight(attributes("sampler.adjusted_count", 3), 3);
  }

  @Test
  void hintsWithoutAWeight_areUnknown() {
    assertUnknown(attributes("jaeger.sampler.type", "ratelimiting", "jaeger.sampler.param", 2.0));
    assertUnknown(attributes("sampling.rate", -1));
    assertUnknown(attributes("sampler.adjusted_count", Double.NaN));
    assertUnknown(attributes("SampleRate", 1e30));
  }

  @Test
  void silence_isOne_unlessConfiguredOtherwise() {
    assertWeight(seen(SamplingRules.DEFAULT, span()), 1);
    assertUnknown(seen(new SamplingRules(Map.of(), true), span()));
    assertWeight(seen(new SamplingRules(Map.of("checkout", 0.2), true), span()), 5);
    assertWeight(traceState("other=th:8"), 1);
  }

  @Test
  void traceState_winsOverAttributesAndConfiguration() {
    assertWeight(
        seen(
            new SamplingRules(Map.of("checkout", 0.2), false),
            span().setTraceState("ot=th:c").addAllAttributes(Otlp.attributes("SampleRate", 9))),
        4);
  }

  @Test
  void sampleRate_zeroMeansNotSampledDown() {
    for (Object zero : List.of(0, "0")) {
      assertWeight(attributes("SampleRate", zero), 1);
    }
  }
}
