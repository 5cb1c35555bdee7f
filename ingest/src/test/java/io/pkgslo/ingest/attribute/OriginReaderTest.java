// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.ingest.Otlp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OriginReaderTest {
  private static ProcessOrigin origin(Object... resource) {
    return new FactRecorder()
        .read(Otlp.traces(Otlp.resource(resource), "s", Otlp.span(1, 1, FactRecorder.NOW_NANOS)))
        .onlySpan()
        .origin();
  }

  @Test
  void service_hasItsNamespaceBeforeIt_whenThereIsOne() {
    assertThat(origin("service.name", "checkout").service()).isEqualTo("checkout");
    assertThat(origin("service.name", "checkout", "service.namespace", "shop").service())
        .isEqualTo("shop/checkout");
    assertThat(origin("service.namespace", "shop").service()).isEmpty();
  }

  /** Services and versions become labels of every series; two processes must not become one. */
  @Test
  void longNames_countTogether_ofProcessesAndArmsStayDifferent_andAreCounted() {
    String start = "x".repeat(100_000);
    FactRecorder facts = new FactRecorder();
    for (String end : List.of("a", "b")) {
      facts.read(
          Otlp.traces(
              Otlp.resource(
                  "service.namespace", "shop",
                  "service.name", start + end,
                  "service.version", start + end,
                  "service.instance.id", start + end,
                  "k8s.deployment.name", start + end),
              "s",
              Otlp.span(1, 1, FactRecorder.NOW_NANOS)));
    }
    List<ProcessOrigin> origins = facts.spans.stream().map(FactRecorder.SpanSeen::origin).toList();
    assertThat(origins).hasSize(2).doesNotHaveDuplicates();
    for (ProcessOrigin origin : origins) {
      assertThat(origin.service()).isEqualTo("(overflow)");
      assertThat(origin.version()).isEqualTo("(overflow)");
      assertThat(origin.process()).startsWith("instance:xxx").hasSizeLessThanOrEqualTo(300);
      assertThat(origin.arm()).hasSizeLessThan(800);
    }
    assertThat(origins).extracting(ProcessOrigin::process).doesNotHaveDuplicates();
    assertThat(origins).extracting(ProcessOrigin::arm).doesNotHaveDuplicates();
    assertThat(facts.counts.correctedItems(Correction.LONG_NAME)).isEqualTo(2);
    assertThat(origin("service.name", "y".repeat(256)).service()).isEqualTo("y".repeat(256));
    ProcessOrigin longVersion =
        origin("service.name", "checkout", "service.version", "1".repeat(257));
    assertThat(longVersion.service()).isEqualTo("checkout");
    assertThat(longVersion.version()).isEqualTo("(overflow)");
  }

  @Test
  void version_fallsBackInOrder() {
    String digest = "sha256:" + "ab".repeat(32);
    Map<String, Object> all =
        Map.of(
            "service.version", "v1",
            "vcs.ref.head.revision", "9d59409",
            "container.image.repo_digests", List.of("reg.example/shop@" + digest));
    assertThat(versionOf(all, List.of())).isEqualTo("v1");
    assertThat(versionOf(all, List.of("service.version"))).isEqualTo("9d59409");
    assertThat(versionOf(all, List.of("service.version", "vcs.ref.head.revision")))
        .isEqualTo(digest);
    assertThat(origin("service.name", "x").version()).isEqualTo("unknown");
  }

  private static String versionOf(Map<String, Object> all, List<String> without) {
    Object[] rest =
        all.entrySet().stream()
            .filter(e -> !without.contains(e.getKey()))
            .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
            .toArray();
    return origin(rest).version();
  }

  @Test
  void process_isTheFirstIdentity_andTheOthersAreAliases() {
    ProcessOrigin all =
        origin(
            "service.name", "checkout",
            "k8s.pod.uid", "u-1",
            "k8s.container.name", "app",
            "container.id", "containerd://abc",
            "service.instance.id", "i-1",
            "host.name", "node",
            "process.pid", 7);
    assertThat(all.process()).isEqualTo("pod:u-1/app");
    assertThat(all.aliases()).containsExactly("container:abc", "instance:i-1", "host:node/7");
    assertThat(origin("k8s.pod.uid", "u-1", "container.id", "abc").process())
        .isEqualTo("container:abc");
    assertThat(origin("service.name", "checkout", "service.version", "v2").process())
        .isEqualTo("service:checkout/v2");
  }

  /** What the Collector's Kubernetes attributes, or the SDK's host detector alone, leave behind. */
  @Test
  void podsWithoutContainers_andHostsWithoutPids_areProcessesOfTheirOwn() {
    assertThat(
            origin("service.name", "checkout", "k8s.pod.uid", "u-1", "host.name", "node").process())
        .isEqualTo("service:checkout/unknown@u-1");
    assertThat(origin("service.name", "checkout", "host.name", "checkout-5d9c-x2").process())
        .isEqualTo("service:checkout/unknown@checkout-5d9c-x2");
    assertThat(origin("service.name", "cart", "k8s.pod.uid", "u-1").process())
        .isNotEqualTo(origin("service.name", "checkout", "k8s.pod.uid", "u-1").process());
  }

  @Test
  void arm_namesVersionWorkloadHashAndDigest() {
    assertThat(
            origin(
                    "service.version", "v1.5.0+build",
                    "k8s.deployment.name", "checkout",
                    "k8s.replicaset.name", "checkout-5d9c7b6f4",
                    "container.image.repo_digests", List.of("r/x@sha256:00"))
                .arm())
        .isEqualTo("v1.5.0%2Bbuild+workload=checkout+hash=5d9c7b6f4+digest=sha256:00");
    assertThat(
            origin(
                    "service.version", "v1",
                    "k8s.pod.label.pod-template-hash", "f00",
                    "k8s.replicaset.name", "checkout-5d9c7b6f4")
                .arm())
        .isEqualTo("v1+hash=f00");
    assertThat(origin("service.version", "v1").arm()).isEqualTo("v1");
  }

  @Test
  void startAndRestarts_areRead_andNonsenseIsUnknown() {
    ProcessOrigin origin =
        origin(
            "process.creation.time",
            "2026-11-20T11:59:00.000000005Z",
            "k8s.container.restart_count",
            3);
    assertThat(origin.startNanos()).isEqualTo(FactRecorder.NOW_NANOS - 60_000_000_000L + 5);
    assertThat(origin.restart()).isEqualTo(3);
    assertThat(origin("process.creation.time", "yesterday").startNanos()).isZero();
    assertThat(origin("k8s.container.restart_count", -1).restart()).isZero();
  }

  @Test
  void repeatedResource_isOneObject() {
    FactRecorder recorder = new FactRecorder();
    for (int i = 1; i <= 2; i++) {
      recorder.read(
          Otlp.traces(
              Otlp.resource("service.name", "checkout"),
              "s",
              Otlp.span(i, 1, FactRecorder.NOW_NANOS)));
    }
    assertThat(recorder.spans.get(0).origin()).isSameAs(recorder.spans.get(1).origin());
  }

  @Test
  void names_arePublishedOncePerEpoch_andAgainAfterAnAbort() {
    FactRecorder recorder = new FactRecorder();
    var traces =
        Otlp.traces(
            Otlp.resource("service.name", "checkout", "service.instance.id", "i"),
            "s",
            Otlp.span(1, 1, FactRecorder.NOW_NANOS));
    long start = FactRecorder.NOW.toEpochMilli() - 60_000;
    recorder.read(traces, start).read(traces, start + 29_999);
    assertThat(recorder.aliases).hasSize(1);
    recorder.read(traces, start + 30_000);
    assertThat(recorder.aliases).hasSize(2);
    recorder.aborted();
    recorder.read(traces, start + 30_000);
    assertThat(recorder.aliases).hasSize(3);
  }
}
