// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.pkgslo.alerts.objective.MetricBuckets;
import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.ObjectivePublisher;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.analyzer.AnalyzerPipeline;
import io.pkgslo.analyzer.AnalyzerSettings;
import io.pkgslo.analyzer.correlate.ProcessSettings;
import io.pkgslo.analyzer.correlate.TraceSettings;
import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.ingest.IngestPipeline;
import io.pkgslo.ingest.IngestSettings;
import io.pkgslo.ingest.attribute.AttributeSettings;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.record.RecordSettings;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicPlan;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What needs more than one item, or an objective, to count, from OTLP to {@code /metrics}:
 * objectives over logs and metrics with filters and labels, and what is told by items that meet in
 * the analyzer alone. Everything is sent twice, the analyzer loses its disk in between, and each
 * event counts once.
 */
class SelectedEventsIT {
  private static final int PARTITIONS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** How long items wait for each other; twice that where they are of one process' two names. */
  private static final long SETTLE_MILLIS = 3_000;

  /** How long a call waits for the span that answers it. */
  private static final long HORIZON_MILLIS = 12_000;

  private static final long SETTLED_MILLIS = HORIZON_MILLIS + 3_000;
  private static final long COMMITTED_MILLIS = 3_000;

  private static final String FILE =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: charges}
      spec:
        service: shop
        indicator:
          spec:
            ratioMetric:
              counter: true
              bad: {metricSource: {type: pkgslo, spec: {sli: log,
                filter: 'severity >= ERROR or error.code not in [0]'}}}
              total: {metricSource: {type: pkgslo, spec: {sli: log, labels: tenant,
                filter: 'event == "charge" and error.code != nil'}}}
        timeWindow: [{duration: 7d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{target: 0.9}]
      ---
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: slow-charges}
      spec:
        service: shop
        indicator:
          spec:
            thresholdMetric:
              metricSource: {type: pkgslo, spec: {sli: log, metric: duration_ms,
                filter: 'event == "charge"'}}
        timeWindow: [{duration: 7d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{op: lte, value: 250, target: 0.9}]
      ---
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: orders}
      spec:
        service: shop
        indicator:
          spec:
            ratioMetric:
              counter: true
              bad: {metricSource: {type: pkgslo, spec: {sli: metric, metric: orders.failed}}}
              total: {metricSource: {type: pkgslo, spec: {sli: metric, metric: orders.placed}}}
        timeWindow: [{duration: 7d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{target: 0.9}]
      ---
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: slow-requests}
      spec:
        service: shop
        indicator:
          spec:
            thresholdMetric:
              metricSource: {type: pkgslo, spec: {sli: metric, labels: cloud.region as region,
                metric: http.server.request.duration}}
        timeWindow: [{duration: 7d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{op: lte, value: 0.5, target: 0.9}]
      ---
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: paying-latency}
      spec:
        service: shop
        indicator:
          spec:
            thresholdMetric:
              metricSource: {type: pkgslo, spec: {sli: latency, labels: [tenant, cloud.region],
                filter: 'tenant != "free" and http.route like "/cart*"'}}
        timeWindow: [{duration: 7d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{op: lte, value: 0.2, target: 0.9}]
      ---
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: all-latency}
      spec:
        service: shop
        indicator:
          spec:
            thresholdMetric:
              metricSource: {type: pkgslo, spec: {sli: latency, service: checkout,
                buckets: [100ms, 250ms, 400ms, 1m], breaches: [200ms, 400ms]}}
        timeWindow: [{duration: 7d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{op: lte, value: 0.2, target: 0.9}]
      """;

  /** Valid and bad events by objective and the labels that it asks for. */
  private static final Map<String, String> EXPECTED =
      Map.of(
          "charges tenant=gold", "5/2",
          "charges tenant=free", "2/1",
          "slow-charges", "4/2",
          // Process a: 25 and, after its restart, 5; process b, from 1,000 on: 12. Failed: 3, 1.
          "orders", "42/4",
          "slow-requests region=eu", "16/7",
          "slow-requests region=us", "2/0",
          "paying-latency tenant=gold cloud_region=eu", "4/2",
          "paying-latency tenant= cloud_region=eu", "1/1",
          // 100, 200, 201, 300, 500, 500 and 999 ms.
          "all-latency", "7/5");

  @TempDir Path directory;

  private final Clock clock = Clock.systemUTC();
  private final CollectorRegistry ofIngest = new CollectorRegistry();
  private CollectorRegistry registry = new CollectorRegistry();

  @Test
  void logsMetricsFiltersAndLabels_countOnce() throws Exception {
    long now = clock.millis();
    SelectedEvents events = new SelectedEvents(now - 120_000);
    CorrelatedEvents correlated = new CorrelatedEvents(now - 120_000, PARTITIONS);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"))) {
      KafkaSettings settings = KafkaSettings.of(kafka.bootstrapServers());
      new TopicAdmin(settings, Duration.ofSeconds(30)).ensure(TopicPlan.of(PARTITIONS));
      publish(settings, now - 300_000);
      try (IngestPipeline ingest = ingest(settings)) {
        ingest.start();
        try (AnalyzerPipeline analyzer = analyzer(settings, "first")) {
          analyzer.start();
          send(settings, events.first());
          send(settings, correlated.all());
          complete(analyzer, clock.millis());
          assertThat(counts()).containsEntry("slow-requests region=eu", "11/3");
          assertThat(correlatedCounts()).isEqualTo(CorrelatedEvents.EXPECTED);
        }
        Accounts.assertBalanced("the first analyzer", scrape());
        registry = new CollectorRegistry();
        try (AnalyzerPipeline analyzer = analyzer(settings, "second")) {
          analyzer.start();
          send(settings, events.first());
          send(settings, correlated.all());
          send(settings, events.second());
          complete(analyzer, clock.millis());

          assertThat(counts()).isEqualTo(EXPECTED);
          assertThat(correlatedCounts()).isEqualTo(CorrelatedEvents.EXPECTED);
          assertThat(samples("slo_burn_rate"))
              .anySatisfy(
                  sample -> {
                    // 2 of 5 is four times the tenth that the target allows.
                    assertThat(sample.labels())
                        .containsEntry("slo", "charges")
                        .containsEntry("tenant", "gold")
                        .containsEntry("window", "1h");
                    assertThat(sample.value()).isEqualTo(4.0, within(1e-9));
                  });
          assertBusinessBuckets();
        }
      }
      Accounts.assertBalanced("the second analyzer", scrape());
      Accounts.assertBalanced("ingest", scrape(ofIngest));
    }
  }

  /** By the bounds of the objective's own, counted on while the analyzer lost its disk. */
  private void assertBusinessBuckets() throws IOException {
    assertThat(byLabel("slo_duration_seconds_bucket", "le"))
        .isEqualTo(Map.of("0.1", 1.0, "0.25", 3.0, "0.4", 4.0, "60.0", 7.0, "+Inf", 7.0));
    assertThat(byLabel("slo_duration_seconds_sum", "slo").get("all-latency"))
        .isEqualTo(2.8, within(1e-9));
    assertThat(byLabel("slo_events_total", "slo_breach"))
        .isEqualTo(Map.of("none", 2.0, "200ms", 2.0, "400ms", 3.0));
    // The traces of spans 1 to 7 end in 1,001 to 1,007; three of them took longer than 400 ms.
    StringWriter text = new StringWriter();
    TextFormat.writeOpenMetrics100(text, registry.metricFamilySamples());
    assertThat(text.toString().lines())
        .anyMatch(
            line ->
                line.matches(
                    "slo_duration_seconds_bucket\\{slo=\"all-latency\",.*,le=\"60.0\"} 7.0"
                        + " # \\{trace_id=\"0{28}03e[bef]\"} 0\\.[59].*"));
  }

  private Map<String, Double> byLabel(String name, String label) {
    Map<String, Double> values = new TreeMap<>();
    samples(name).forEach(s -> values.put(s.labels().get(label), s.value()));
    return values;
  }

  /** As alerts does, from a file; in force since 4 min ago. */
  private void publish(KafkaSettings settings, long atMillis) throws IOException {
    Path file = Files.writeString(directory.resolve("slo.yaml"), FILE);
    Objectives read = ObjectiveFiles.read(file);
    assertThat(read.isValid()).as(read.report()).isTrue();
    Clock then = Clock.offset(clock, Duration.ofMillis(atMillis - clock.millis()));
    new ObjectivePublisher(settings, MetricBuckets.NONE, then).publish(read.slos());
  }

  private IngestPipeline ingest(KafkaSettings settings) {
    return new IngestPipeline(
        new IngestSettings(
            new RecordSettings("ingest", "ingest-1", 1, PARTITIONS, Duration.ofMillis(250), 5),
            DecodeLimits.DEFAULT,
            AttributeSettings.DEFAULT),
        settings,
        ofIngest,
        clock);
  }

  private AnalyzerPipeline analyzer(KafkaSettings settings, String name) {
    AnalyzerSettings defaults =
        AnalyzerSettings.defaults(settings, PARTITIONS, directory.resolve(name));
    AnalyzerPipeline analyzer = new AnalyzerPipeline(impatient(defaults), clock);
    analyzer.collectors().forEach(registry::register);
    return analyzer;
  }

  /** As the defaults, but that neither relatives nor spans of a callee are waited for so long. */
  private static AnalyzerSettings impatient(AnalyzerSettings defaults) {
    TraceSettings traces = defaults.traces();
    ProcessSettings processes = defaults.processes();
    return new AnalyzerSettings(
        defaults.kafka(),
        defaults.partitions(),
        defaults.streams(),
        new TraceSettings(
            SETTLE_MILLIS,
            traces.duplicateHorizonMillis(),
            traces.maxIdentities(),
            HORIZON_MILLIS,
            traces.maxSpans(),
            traces.maxWaiting()),
        new ProcessSettings(
            SETTLE_MILLIS,
            processes.duplicateHorizonMillis(),
            processes.maxIdentities(),
            processes.maxProcesses(),
            processes.maxWaiting(),
            processes.importPathByService(),
            processes.blame()),
        defaults.retention(),
        defaults.lateMinutes(),
        defaults.maxSubjects(),
        defaults.maxSubjectsPerService(),
        defaults.maxLabelSets(),
        defaults.maxObjectives(),
        defaults.awaitObjectives());
  }

  private static void send(KafkaSettings settings, Map<String, List<Message>> byTopic) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            settings.with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
      byTopic.forEach(
          (topic, values) ->
              values.forEach(
                  value -> {
                    var unused =
                        producer.send(new ProducerRecord<>(topic, 0, null, value.toByteArray()));
                  }));
      producer.flush();
    }
  }

  /** Everything that was sent before {@code millis} has settled and is committed. */
  private void complete(AnalyzerPipeline analyzer, long millis) {
    await("everything up to " + millis)
        .atMost(PATIENCE)
        .failFast("the analyzer works", () -> analyzer.failure() != null)
        .until(() -> scrape().isCompleteThrough(millis + SETTLED_MILLIS, PARTITIONS));
    long committed = scrape().furthestMillis() + COMMITTED_MILLIS;
    await("commits")
        .atMost(PATIENCE)
        .until(() -> scrape().isCompleteThrough(committed, PARTITIONS));
  }

  /**
   * The samples that {@link CorrelatedEvents#EXPECTED} speaks of, of all services but the shop's.
   */
  private Map<String, Integer> correlatedCounts() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Exposition.Sample sample : scrape().samples()) {
      Map<String, String> labels = sample.labels();
      String name =
          String.join(
                  " ",
                  sample.name(),
                  labels.getOrDefault("service", ""),
                  labels.getOrDefault("package", ""),
                  labels.getOrDefault("severity", ""))
              .strip();
      boolean told =
          CorrelatedEvents.EXPECTED.keySet().stream()
              .anyMatch(key -> key.startsWith(sample.name() + " "));
      if (told && sample.value() > 0 && !"checkout".equals(labels.get("service"))) {
        counts.merge(name, (int) sample.value(), Integer::sum);
      }
    }
    return counts;
  }

  private Map<String, String> counts() {
    Map<String, Long> bad = new TreeMap<>();
    samples("slo_bad_events_total").forEach(s -> bad.merge(nameOf(s), (long) s.value(), Long::sum));
    Map<String, String> counts = new TreeMap<>();
    for (Exposition.Sample sample : samples("slo_valid_events_total")) {
      counts.put(nameOf(sample), (long) sample.value() + "/" + bad.get(nameOf(sample)));
    }
    return counts;
  }

  /** The objective and its own labels. */
  private static String nameOf(Exposition.Sample sample) {
    StringBuilder name = new StringBuilder(sample.labels().get("slo"));
    for (String label : List.of("tenant", "region", "cloud_region")) {
      if (sample.labels().containsKey(label)) {
        name.append(' ').append(label).append('=').append(sample.labels().get(label));
      }
    }
    return name.toString();
  }

  private List<Exposition.Sample> samples(String name) {
    return scrape().samples().stream().filter(sample -> sample.name().equals(name)).toList();
  }

  private Exposition scrape() {
    return scrape(registry);
  }

  private static Exposition scrape(CollectorRegistry of) {
    StringWriter text = new StringWriter();
    try {
      TextFormat.write004(text, of.metricFamilySamples());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Exposition.parse(text.toString());
  }
}
