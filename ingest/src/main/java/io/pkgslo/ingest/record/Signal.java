// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import io.pkgslo.model.Topics;

/** What a source topic carries. */
public enum Signal {
  SPANS(Topics.OTLP_SPANS),
  LOGS(Topics.OTLP_LOGS),
  METRICS(Topics.OTLP_METRICS);

  private final String topic;

  Signal(String topic) {
    this.topic = topic;
  }

  /** The topic that a Collector's exporter writes. */
  public String topic() {
    return topic;
  }

  static Signal ofTopic(String topic) {
    for (Signal signal : values()) {
      if (signal.topic.equals(topic)) {
        return signal;
      }
    }
    throw new IllegalArgumentException("not a source topic: " + topic);
  }
}
