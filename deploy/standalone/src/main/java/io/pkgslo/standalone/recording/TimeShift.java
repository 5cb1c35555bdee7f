// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import io.pkgslo.model.Topics;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Moves every event time in an OTLP payload by the same number of milliseconds: start and end of
 * spans, their events, time and observed time of logs, start and time of metric points and their
 * exemplars. A time of 0 says "absent" and stays 0. Texts and attributes are left alone, also where
 * they mention a time.
 *
 * <p>Protobuf and JSON, told apart by the first byte as everywhere in pkgslo. What is neither, or
 * holds no time, comes back as the very same bytes.
 *
 * @param millis added to every time; negative moves into the past
 */
public record TimeShift(long millis) {

  /** The shift of one time field, wrapping as fixed64 does; 0 stays 0. */
  long nanos(long unixNanos) {
    return unixNanos == 0 ? 0 : unixNanos + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /**
   * A payload with its times moved.
   *
   * @param topic the topic that it stands on; what stands on another than the OTLP topics is not
   *     touched
   */
  public byte[] apply(String topic, byte[] payload) {
    if (millis == 0 || payload.length == 0 || !Topics.otlp().contains(topic)) {
      return payload;
    }
    try {
      return payload[0] == '{'
          ? new JsonShift(this).apply(payload)
          : new ProtobufShift(this).apply(topic, payload);
    } catch (IOException e) {
      // Not OTLP. What was recorded as bad input is replayed as bad input.
      return payload;
    }
  }
}
