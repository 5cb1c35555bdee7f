// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.ingest.Otlp;
import io.pkgslo.model.SpanTraits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arms that share a version, told apart by what the user names. */
class ArmAttributesTest {
  private static FactRecorder recorder(String... names) {
    AttributeSettings plain = AttributeSettings.DEFAULT;
    return new FactRecorder(
        new AttributeSettings(
            plain.packages(),
            plain.blame(),
            plain.sidecars(),
            plain.sampling(),
            plain.grpcErrors(),
            List.of(names),
            plain.allowedSkew()));
  }

  private static TracesData traces(Object[] resource, Span.Builder... spans) {
    return Otlp.traces(Otlp.resource(resource), "s", spans);
  }

  private static Object[] resource(Object... more) {
    Object[] all = new Object[4 + more.length];
    all[0] = "service.name";
    all[1] = "cart";
    all[2] = "service.version";
    all[3] = "v1";
    System.arraycopy(more, 0, all, 4, more.length);
    return all;
  }

  private static Span.Builder span(long id, Object... attributes) {
    return Otlp.span(1, id, FactRecorder.NOW_NANOS).addAllAttributes(Otlp.attributes(attributes));
  }

  private static String arm(FactRecorder recorder, long span) {
    return recorder.spans.stream()
        .filter(seen -> seen.spanId() == span)
        .findFirst()
        .orElseThrow()
        .origin()
        .arm();
  }

  @Test
  void spansOfOneProcess_areOfSeveralArms() {
    FactRecorder seen =
        recorder("canary", "http.request.header.x-route")
            .read(
                traces(
                    resource(),
                    span(1, "canary", true),
                    span(2),
                    span(3, "http.request.header.x-route", List.of("beta")),
                    span(4, "canary", "true", "http.request.header.x-route", "a+b")));

    assertThat(arm(seen, 1)).isEqualTo("v1+@canary=true");
    assertThat(arm(seen, 2)).isEqualTo("v1");
    assertThat(arm(seen, 3)).startsWith("v1+@http.request.header.x-route=");
    assertThat(arm(seen, 4)).isEqualTo("v1+@canary=true+@http.request.header.x-route=a%2Bb");
    assertThat(seen.spans).extracting(span -> span.origin().version()).containsOnly("v1");
  }

  @Test
  void ofTheResource_countsForAll_andTheSpansOwnGoesBefore() {
    FactRecorder seen =
        recorder("canary")
            .read(traces(resource("canary", "true"), span(1), span(2, "canary", "false")));

    assertThat(arm(seen, 1)).isEqualTo("v1+@canary=true");
    assertThat(arm(seen, 2)).isEqualTo("v1+@canary=false");
  }

  @Test
  void versionOfTheScope_isAnArm() {
    TracesData.Builder traces = traces(resource(), span(1)).toBuilder();
    traces
        .getResourceSpansBuilder(0)
        .getScopeSpansBuilder(0)
        .getScopeBuilder()
        .setVersion("v0.3.1");

    FactRecorder seen = recorder("scope.version").read(traces.build());

    assertThat(arm(seen, 1)).isEqualTo("v1+@scope.version=v0.3.1");
    assertThat(seen.spans.get(0).has(SpanTraits.ARM_OPEN)).isFalse();
  }

  /** Only what may have an enclosing span in its process waits for it. */
  @Test
  void spanWithoutTheAttribute_isOpen_whenItHasALocalParent() {
    FactRecorder seen =
        recorder("canary")
            .read(
                traces(
                    resource(),
                    span(1),
                    span(2).setParentSpanId(Otlp.spanId(1)),
                    span(3, "canary", "true").setParentSpanId(Otlp.spanId(1)),
                    span(4).setParentSpanId(Otlp.spanId(9)).setFlags(0x300)));

    assertThat(seen.spans)
        .filteredOn(span -> span.has(SpanTraits.ARM_OPEN))
        .extracting(FactRecorder.SpanSeen::spanId)
        .containsExactly(2L);
  }

  @Test
  void manyValues_shareOneArm() {
    FactRecorder recorder = recorder("user");
    for (int i = 0; i < 2 * ArmAttributes.MAX_VALUES; i++) {
      recorder.read(traces(resource(), span(i + 1, "user", "u" + i)));
    }

    assertThat(recorder.spans.stream().map(span -> span.origin().arm()).distinct())
        .hasSize(ArmAttributes.MAX_VALUES + 1)
        .contains("v1+@user=u0", "v1+@user=(others)");
  }

  @Test
  void withoutNames_nothingIsTold() {
    FactRecorder seen = recorder().read(traces(resource("canary", "true"), span(1, "canary", "x")));

    assertThat(arm(seen, 1)).isEqualTo("v1");
  }
}
