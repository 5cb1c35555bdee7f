// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import io.pkgslo.model.Topics;
import io.pkgslo.standalone.recording.RecordedMessage;
import io.pkgslo.standalone.recording.RecordingMetadata;
import io.pkgslo.standalone.recording.RecordingMetadata.RecordedTopic;
import io.pkgslo.standalone.recording.RecordingReader;
import io.pkgslo.standalone.recording.RecordingWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The repository's recordings, and what tests make of them. */
final class Recordings {
  /** Surefire and failsafe run in the module's directory. */
  private static final Path FOLDER = Path.of("..", "recording");

  static final Path FAULTY = FOLDER.resolve("faulty.pkgrec");
  static final Path INNOCENT = FOLDER.resolve("innocent.pkgrec");
  static final Path VARIANTS = FOLDER.resolve("variants.pkgrec");

  private Recordings() {}

  /** Writes one shape of a recording alone, on the topics that pkgslo reads. */
  static Path only(Shape shape, Path recording, Path target) throws IOException {
    RecordingMetadata metadata = metadata(recording);
    List<String> names = metadata.topics().stream().map(RecordedTopic::name).toList();
    List<RecordedTopic> topics = new ArrayList<>();
    for (String name : Topics.otlp()) {
      int partitions = metadata.topics().get(names.indexOf(shape.topic(name))).partitions();
      topics.add(new RecordedTopic(name, partitions));
    }
    List<RecordedMessage> messages = new ArrayList<>();
    for (RecordedMessage message : messages(recording)) {
      for (int topic = 0; topic < topics.size(); topic++) {
        if (names.get(message.topic()).equals(shape.topic(topics.get(topic).name()))) {
          messages.add(onTopic(message, topic));
        }
      }
    }
    return write(metadata, topics, messages, target);
  }

  /** Writes a recording with one of each poison behind a record in the middle of each topic. */
  static Path poisoned(Path recording, Path target) throws IOException {
    RecordingMetadata metadata = metadata(recording);
    List<RecordedMessage> good = messages(recording);
    List<RecordedMessage> messages = new ArrayList<>();
    Set<Integer> poisoned = new HashSet<>();
    for (RecordedMessage message : good) {
      messages.add(message);
      if (messages.size() > good.size() / 2 && poisoned.add(message.topic())) {
        for (Poison poison : Poison.values()) {
          messages.add(
              new RecordedMessage(
                  message.topic(),
                  message.partition(),
                  message.timestampMillis(),
                  null,
                  List.of(),
                  poison.value(message.value())));
        }
      }
    }
    return write(metadata, metadata.topics(), messages, target);
  }

  static RecordingMetadata metadata(Path recording) throws IOException {
    try (RecordingReader reader = RecordingReader.open(recording)) {
      return reader.metadata();
    }
  }

  private static List<RecordedMessage> messages(Path recording) throws IOException {
    List<RecordedMessage> messages = new ArrayList<>();
    try (RecordingReader reader = RecordingReader.open(recording)) {
      for (RecordedMessage next = reader.next(); next != null; next = reader.next()) {
        messages.add(next);
      }
    }
    return messages;
  }

  private static RecordedMessage onTopic(RecordedMessage message, int topic) {
    return new RecordedMessage(
        topic,
        message.partition(),
        message.timestampMillis(),
        message.key(),
        message.headers(),
        message.value());
  }

  private static Path write(
      RecordingMetadata like, List<RecordedTopic> topics, List<RecordedMessage> messages, Path file)
      throws IOException {
    RecordingMetadata metadata =
        new RecordingMetadata(
            like.name(),
            like.description(),
            like.startMillis(),
            like.endMillis(),
            topics,
            messages.size(),
            like.expected());
    OutputStream out = Files.newOutputStream(file);
    try (RecordingWriter writer = new RecordingWriter(out, metadata)) {
      for (RecordedMessage message : messages) {
        writer.write(message);
      }
    }
    return file;
  }
}
