// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.standalone.recording.RecordedMessage.Header;
import io.pkgslo.standalone.recording.RecordingMetadata.RecordedTopic;
import io.pkgslo.testing.Accounts;
import io.pkgslo.testing.NothingReceived;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay writes is what a recording of it reads, but for the shift. */
class ReplayIT {
  private static final long START = 1_700_000_000_000L;

  @TempDir Path dir;

  @Test
  void replay_recordedAgain_isTheSameButForTheShift() throws IOException {
    RecordingMetadata metadata =
        new RecordingMetadata(
            "test",
            "",
            START,
            START + 400,
            List.of(
                new RecordedTopic(Topics.OTLP_SPANS, 3),
                new RecordedTopic(Topics.OTLP_LOGS, 1),
                new RecordedTopic(Topics.OTLP_METRICS, 2)),
            4,
            null);
    List<RecordedMessage> messages =
        List.of(
            new RecordedMessage(
                0, 2, START, bytes("key"), List.of(new Header("h", null)), span(START)),
            new RecordedMessage(1, 0, START + 100, null, List.of(), bytes("not otlp")),
            new RecordedMessage(2, 1, START + 200, new byte[0], List.of(), null),
            new RecordedMessage(0, 0, START + 400, null, List.of(), new byte[0]));

    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir.resolve("kafka"))) {
      KafkaSettings settings = KafkaSettings.of(kafka.bootstrapServers());
      List<Long> progress = new ArrayList<>();
      long sent =
          new Replayer(settings)
              .replay(
                  recording(metadata, messages),
                  new TimeShift(60_000),
                  (done, total) -> progress.add(done));
      Path file = dir.resolve("again.zst");
      RecordingMetadata again =
          new Recorder(settings).record(Topics.otlp(), new Recorder.Title("test", "", null), file);

      assertThat(sent).isEqualTo(4);
      Accounts.assertBalanced("replay", messages.size(), sent);
      Accounts.assertBalanced("record", messages.size(), again.records());
      assertThat(progress).endsWith(4L);
      assertThat(again)
          .isEqualTo(
              new RecordingMetadata(
                  "test", "", START + 60_000, START + 60_400, metadata.topics(), 4, null));
      try (RecordingReader reader = RecordingReader.open(file)) {
        for (RecordedMessage before : messages) {
          assertThat(reader.next()).usingRecursiveComparison().isEqualTo(shifted(before));
        }
        assertThat(reader.next()).isNull();
      }
      assertThat(dir).isDirectoryNotContaining("regex:.*(unsorted|part)");
    }
  }

  @Test
  @NothingReceived("it refuses before it reads")
  void replay_topicWithOtherPartitions_isRefused() throws IOException {
    RecordingMetadata metadata =
        new RecordingMetadata(
            "test", "", 0, 0, List.of(new RecordedTopic(Topics.OTLP_SPANS, 3)), 0, null);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(dir.resolve("kafka"));
        RecordingReader recording = recording(metadata, List.of())) {
      kafka.createTopic(Topics.OTLP_SPANS, 1);
      Replayer replayer = new Replayer(KafkaSettings.of(kafka.bootstrapServers()));
      assertThatThrownBy(() -> replayer.replay(recording, new TimeShift(0), (done, total) -> {}))
          .hasMessageContaining("otlp_spans has 1, expected 3");
    }
  }

  private static RecordedMessage shifted(RecordedMessage before) {
    byte[] value =
        before.topic() == 0 && before.partition() == 2 ? span(START + 60_000) : before.value();
    return new RecordedMessage(
        before.topic(),
        before.partition(),
        before.timestampMillis() + 60_000,
        before.key(),
        before.headers(),
        value);
  }

  private static RecordingReader recording(
      RecordingMetadata metadata, List<RecordedMessage> messages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (RecordingWriter writer = new RecordingWriter(bytes, metadata)) {
      for (RecordedMessage message : messages) {
        writer.write(message);
      }
    }
    return RecordingReader.open(new ByteArrayInputStream(bytes.toByteArray()));
  }

  private static byte[] span(long millis) {
    return TracesData.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .addScopeSpans(
                    ScopeSpans.newBuilder()
                        .addSpans(Span.newBuilder().setStartTimeUnixNano(millis * 1_000_000))))
        .build()
        .toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
