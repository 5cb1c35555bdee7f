// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import static org.awaitility.Awaitility.await;

import io.pkgslo.alerts.AlertsPipeline;
import io.pkgslo.alerts.AlertsSettings;
import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.analyzer.AnalyzerPipeline;
import io.pkgslo.analyzer.AnalyzerSettings;
import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.ingest.IngestPipeline;
import io.pkgslo.ingest.IngestSettings;
import io.pkgslo.ingest.attribute.AttributeSettings;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.record.RecordSettings;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.standalone.recording.RecordingMetadata;
import io.pkgslo.standalone.recording.RecordingReader;
import io.pkgslo.standalone.recording.Replayer;
import io.pkgslo.standalone.recording.TimeShift;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** A broker and the three services with their defaults, in this process. */
final class RunningServices implements AutoCloseable {
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Past the settle delays of all stages, so that no result waits for the wall clock. */
  private static final long END_BEFORE_NOW_MILLIS = 60_000;

  /** Everything is settled within one settle delay. */
  private static final long SETTLED_MILLIS = 15_000;

  /** Thirty commit intervals. */
  private static final long COMMITTED_MILLIS = 3_000;

  private final Path recording;
  private final Clock clock = Clock.systemUTC();
  private final CollectorRegistry registry = new CollectorRegistry();
  private final EmbeddedKafka kafka;
  private final AlertsPipeline alerts;
  private final AnalyzerPipeline analyzer;
  private final IngestPipeline ingest;

  /**
   * Makes a broker with the topics of a recording, which are empty.
   *
   * @param directory of everything that is kept
   */
  RunningServices(Path directory, Path recording) throws IOException {
    this.recording = recording;
    kafka = EmbeddedKafka.start(directory.resolve("kafka"));
    Recordings.metadata(recording)
        .topics()
        .forEach(topic -> kafka.createTopic(topic.name(), topic.partitions()));
    KafkaSettings settings = KafkaSettings.of(kafka.bootstrapServers());
    ingest =
        new IngestPipeline(
            new IngestSettings(
                new RecordSettings(
                    "pkgslo-ingest", "pkgslo-ingest-1", 1, PARTITIONS, Duration.ofMillis(250), 5),
                DecodeLimits.DEFAULT,
                AttributeSettings.DEFAULT),
            settings,
            registry,
            clock);
    analyzer =
        new AnalyzerPipeline(
            AnalyzerSettings.defaults(settings, PARTITIONS, directory.resolve("analyzer")), clock);
    analyzer.collectors().forEach(registry::register);
    alerts =
        new AlertsPipeline(
            new AlertsSettings(
                settings,
                PARTITIONS,
                "pkgslo-alerts",
                Duration.ofMillis(100),
                DefaultObjectives.all(),
                Policy.DEFAULT),
            clock);
    registry.register(alerts.accounts());
    alerts.readers().forEach(registry::register);
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /**
   * Replays the recording, starts the services, and returns what is shown when all of it has been
   * counted. In this order, as the demo does: services that wait at the end of empty topics have
   * told each other that all is read up to now, and the recording lies before that.
   */
  Exposition afterReplay() throws IOException {
    RecordingMetadata metadata = Recordings.metadata(recording);
    TimeShift shift = new TimeShift(clock.millis() - END_BEFORE_NOW_MILLIS - metadata.endMillis());
    try (RecordingReader reader = RecordingReader.open(recording)) {
      new Replayer(KafkaSettings.of(kafka.bootstrapServers()))
          .replay(reader, shift, (sent, total) -> {});
    }
    alerts.start(() -> {});
    analyzer.start();
    ingest.start();
    awaitComplete(metadata.endMillis() + shift.millis() + SETTLED_MILLIS);
    // A watermark moves with what is worked off, the counts with what is committed. That happens
    // many times while the watermarks, which go with the wall clock now, move on.
    awaitComplete(scrape().furthestMillis() + COMMITTED_MILLIS);
    return scrape();
  }

  private void awaitComplete(long throughMillis) {
    await("everything up to " + throughMillis)
        .atMost(PATIENCE)
        .failFast("the analyzer works", () -> analyzer.failure() != null)
        .until(() -> scrape().isCompleteThrough(throughMillis, PARTITIONS));
  }

  private Exposition scrape() {
    StringWriter text = new StringWriter();
    try {
      TextFormat.write004(text, registry.metricFamilySamples());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Exposition.parse(text.toString());
  }

  /** Also holds them to what they promise about their own work. */
  @Override
  public void close() {
    ingest.close();
    analyzer.close();
    alerts.close();
    kafka.close();
    Accounts.assertBalanced("the services", scrape());
  }
}
