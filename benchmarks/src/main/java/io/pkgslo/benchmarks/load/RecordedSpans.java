// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.load;

import io.pkgslo.model.Topics;
import io.pkgslo.standalone.recording.RecordedMessage;
import io.pkgslo.standalone.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The trace records of a recording, as a real Collector wrote them for real Go services. */
public final class RecordedSpans {
  private RecordedSpans() {}

  /**
   * @throws IOException if the file is not a recording
   */
  public static List<byte[]> records(Path recording) throws IOException {
    List<byte[]> records = new ArrayList<>();
    try (RecordingReader reader = RecordingReader.open(recording)) {
      for (RecordedMessage message = reader.next(); message != null; message = reader.next()) {
        byte[] value = message.value();
        String topic = reader.metadata().topics().get(message.topic()).name();
        if (topic.equals(Topics.OTLP_SPANS) && value != null) {
          records.add(value);
        }
      }
    }
    return records;
  }
}
