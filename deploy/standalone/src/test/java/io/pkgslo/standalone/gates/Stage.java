// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.gates;

import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicSpec;
import io.pkgslo.standalone.recording.RecordedMessage;
import io.pkgslo.standalone.recording.RecordingMetadata;
import io.pkgslo.standalone.recording.RecordingReader;
import io.pkgslo.standalone.recording.ReplayState;
import io.pkgslo.standalone.recording.TimeShift;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Plays all scenes at once onto the topics of a cluster, in the order of time. */
final class Stage {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final KafkaSettings kafka;
  private final Path directory;
  private final Clock clock;

  Stage(String bootstrapServers, Path directory, Clock clock) {
    this.kafka = KafkaSettings.of(bootstrapServers);
    this.directory = directory;
    this.clock = clock;
  }

  /** Returns the end of the last look that all of it gives. */
  Instant play() throws IOException {
    PriorityQueue<Track> tracks = new PriorityQueue<>(Comparator.comparingLong(Track::nextMillis));
    Instant end = Instant.MIN;
    for (Scene scene : Scene.values()) {
      Track track = new Track(scene);
      end = track.end.isAfter(end) ? track.end : end;
      tracks.add(track);
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.with(Map.of("linger.ms", 5, "compression.type", "lz4")),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Track track = tracks.poll(); track != null; track = tracks.poll()) {
        Future<RecordMetadata> unused = producer.send(track.take());
        if (track.hasNext()) {
          tracks.add(track);
        }
      }
    }
    return end;
  }

  /** What is left of one scene. */
  private final class Track {
    private final RecordingReader reader;
    private final RecordingMetadata metadata;
    private final TimeShift shift;
    private final Relabel relabel;
    private final long lastMillis;
    private final Instant end;
    private @Nullable RecordedMessage next;

    Track(Scene scene) throws IOException {
      reader = RecordingReader.open(scene.recording());
      metadata = reader.metadata();
      relabel = new Relabel(scene);
      Path state = Files.createDirectories(directory.resolve(scene.namespace()));
      shift = new ReplayState(state).shiftFor(metadata, clock);
      Duration cut = scene.end();
      lastMillis = cut == null ? Long.MAX_VALUE : metadata.startMillis() + cut.toMillis();
      end = Instant.ofEpochMilli(ReplayState.endOfLastLook(metadata) + shift.millis());
      new TopicAdmin(kafka, TIMEOUT)
          .ensure(
              metadata.topics().stream()
                  .map(topic -> new TopicSpec(topic.name(), topic.partitions(), Map.of()))
                  .toList());
      advance();
    }

    private void advance() throws IOException {
      do {
        next = reader.next();
      } while (next != null && next.timestampMillis() > lastMillis);
      if (next == null) {
        reader.close();
      }
    }

    boolean hasNext() {
      return next != null;
    }

    long nextMillis() {
      return next.timestampMillis() + shift.millis();
    }

    ProducerRecord<byte[], byte[]> take() throws IOException {
      RecordedMessage message = next;
      String topic = metadata.topics().get(message.topic()).name();
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              topic,
              message.partition(),
              nextMillis(),
              message.key(),
              relabel.apply(topic, shift.apply(topic, message.value())));
      advance();
      return record;
    }
  }
}
