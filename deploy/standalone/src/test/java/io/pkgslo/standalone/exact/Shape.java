// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

/** How the Collector wrote the telemetry: encoding, and with or without keys. */
enum Shape {
  PROTO(""),
  JSON("_json"),
  PROTO_BY_TRACE("_bytrace"),
  JSON_BY_TRACE("_json_bytrace");

  private final String suffix;

  Shape(String suffix) {
    this.suffix = suffix;
  }

  /** The topic of a recording that holds what stands on {@code otlpTopic} otherwise. */
  String topic(String otlpTopic) {
    return otlpTopic + suffix;
  }
}
