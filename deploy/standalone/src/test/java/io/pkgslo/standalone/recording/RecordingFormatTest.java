// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.pkgslo.standalone.recording.RecordedMessage.Header;
import io.pkgslo.standalone.recording.RecordingMetadata.Expected;
import io.pkgslo.standalone.recording.RecordingMetadata.RecordedTopic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordingFormatTest {
  private static final RecordingMetadata METADATA =
      new RecordingMetadata(
          "rollout",
          "Ein Test – mit Umlaut: ü",
          1_000,
          9_000,
          List.of(new RecordedTopic("otlp_spans", 3), new RecordedTopic("otlp_logs", 1)),
          2,
          new Expected("rollback", "shop/checkout", "v1.5.0", "v1.4.0", "example.com/shop/pay"));

  @Test
  void messages_areReadBack() throws IOException {
    RecordedMessage full =
        new RecordedMessage(
            0,
            2,
            1_234,
            new byte[] {0, -1},
            List.of(
                new Header("h", new byte[] {7}),
                new Header("h", null),
                new Header("", new byte[0])),
            "value".getBytes(StandardCharsets.UTF_8));
    RecordedMessage bare = new RecordedMessage(1, 0, 5_678, null, List.of(), null);

    try (RecordingReader reader = read(write(METADATA, full, bare))) {
      assertThat(reader.metadata()).isEqualTo(METADATA);
      assertThat(reader.next()).usingRecursiveComparison().isEqualTo(full);
      assertThat(reader.next()).usingRecursiveComparison().isEqualTo(bare);
      assertThat(reader.next()).isNull();
      assertThat(reader.next()).isNull();
    }
  }

  /** An empty key is not an absent one: they hash to different partitions. */
  @Test
  void emptyAndAbsent_stayApart() throws IOException {
    RecordedMessage empty = new RecordedMessage(0, 0, 0, new byte[0], List.of(), new byte[0]);
    try (RecordingReader reader = read(write(METADATA.withRecords(1), empty))) {
      RecordedMessage message = reader.next();
      assertThat(message).isNotNull();
      assertThat(message.key()).isNotNull().isEmpty();
      assertThat(message.value()).isNotNull().isEmpty();
    }
  }

  /** Bytes made by protobuf's own classes, as the writer in Go makes them. */
  @Test
  void entry_ofOfficialProtobuf_isRead() throws IOException {
    byte[] header =
        UnknownFieldSet.newBuilder()
            .addField(1, bytes("k"))
            .addField(2, bytes("v"))
            .build()
            .toByteArray();
    byte[] entry =
        UnknownFieldSet.newBuilder()
            .addField(1, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .addField(3, UnknownFieldSet.Field.newBuilder().addFixed64(77).build())
            .addField(
                5,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFrom(header))
                    .build())
            .addField(6, bytes("payload"))
            .addField(99, bytes("from the future"))
            .build()
            .toByteArray();
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    plain.writeBytes(
        ("pkgslo-recording 1\n"
                + "{\"name\":\"n\",\"description\":\"\",\"startMillis\":1,\"endMillis\":2,"
                + "\"topics\":[{\"name\":\"a\",\"partitions\":1},{\"name\":\"b\",\"partitions\":1}],"
                + "\"records\":1,\"more\":true}\n")
            .getBytes(StandardCharsets.UTF_8));
    plain.write(entry.length);
    plain.writeBytes(entry);

    try (RecordingReader reader = read(Zstd.compress(plain.toByteArray()))) {
      assertThat(reader.metadata().expected()).isNull();
      RecordedMessage message = reader.next();
      assertThat(message).isNotNull();
      assertThat(message.topic()).isEqualTo(1);
      assertThat(message.partition()).isZero();
      assertThat(message.timestampMillis()).isEqualTo(77);
      assertThat(message.key()).isNull();
      assertThat(message.headers().get(0).key()).isEqualTo("k");
      assertThat(message.headers().get(0).value()).asString().isEqualTo("v");
      assertThat(message.value()).asString().isEqualTo("payload");
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void writer_missingRecords_says() {
    RecordingMetadata two = METADATA;
    assertThatThrownBy(() -> write(two, new RecordedMessage(0, 0, 0, null, List.of(), null)))
        .isInstanceOf(IOException.class)
        .hasMessage("announced 2 records, but 1 were written");
  }

  @Test
  void writer_unknownPartition_isRefused() {
    assertThatThrownBy(() -> write(METADATA, new RecordedMessage(1, 1, 0, null, List.of(), null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no partition 1 of topic 1");
  }

  /** Wherever a download stops, the reader says so and returns nothing that was not recorded. */
  @Test
  void reader_truncated_saysSo() throws IOException {
    byte[] whole = recordingOf(300);
    Random random = new Random(42);
    for (int i = 0; i < 50; i++) {
      byte[] part = Arrays.copyOf(whole, random.nextInt(whole.length));
      assertThatThrownBy(() -> readAll(part)).isInstanceOf(RecordingFormatException.class);
    }
  }

  /** The checksum of the stream, or an earlier check, finds every flipped byte. */
  @Test
  void reader_damaged_saysSo() throws IOException {
    byte[] whole = recordingOf(300);
    Random random = new Random(42);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> readAll(damaged)).isInstanceOf(RecordingFormatException.class);
    }
  }

  @Test
  void reader_anotherFile_saysWhatWasExpected() {
    byte[] other = Zstd.compress("something else\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> read(other))
        .isInstanceOf(RecordingFormatException.class)
        .hasMessage("line 1: expected 'pkgslo-recording 1', not 'something else'");
  }

  @Test
  void reader_incompleteMetadata_namesTheField() {
    byte[] other =
        Zstd.compress("pkgslo-recording 1\n{\"name\":\"n\"}\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> read(other))
        .isInstanceOf(RecordingFormatException.class)
        .hasMessage("line 2, metadata: startMillis is missing");
  }

  private static UnknownFieldSet.Field bytes(String text) {
    return UnknownFieldSet.Field.newBuilder()
        .addLengthDelimited(ByteString.copyFromUtf8(text))
        .build();
  }

  private static byte[] recordingOf(int count) throws IOException {
    Random random = new Random(7);
    List<RecordedMessage> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] value = new byte[random.nextInt(400)];
      random.nextBytes(value);
      messages.add(new RecordedMessage(0, i % 3, i, null, List.of(), value));
    }
    return write(METADATA.withRecords(count), messages.toArray(RecordedMessage[]::new));
  }

  private static byte[] write(RecordingMetadata metadata, RecordedMessage... messages)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (RecordingWriter writer = new RecordingWriter(bytes, metadata)) {
      for (RecordedMessage message : messages) {
        writer.write(message);
      }
    }
    return bytes.toByteArray();
  }

  private static RecordingReader read(byte[] bytes) throws IOException {
    return RecordingReader.open(new ByteArrayInputStream(bytes));
  }

  private static void readAll(byte[] bytes) throws IOException {
    try (RecordingReader reader = read(bytes)) {
      while (reader.next() != null) {
        // to the end
      }
    }
  }
}
