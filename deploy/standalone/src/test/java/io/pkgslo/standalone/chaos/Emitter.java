// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;

/**
 * One process of a service.
 *
 * @param instance identity, different from every other process's
 */
record Emitter(String namespace, String name, String version, String instance) {
  String service() {
    return namespace + "/" + name;
  }

  Subject subject(String goPackage) {
    return new Subject(service(), version, goPackage);
  }

  /** What its SDK says of it. */
  Resource sdk() {
    return named().build();
  }

  /**
   * What a shipper says of its lines.
   *
   * @param named whether the shipper knows the service
   */
  Resource shipper(boolean named) {
    return (named ? named() : pod()).build();
  }

  private Resource.Builder named() {
    return pod()
        .addAttributes(text("service.namespace", namespace))
        .addAttributes(text("service.name", name))
        .addAttributes(text("service.version", version))
        .addAttributes(text("telemetry.sdk.language", "go"));
  }

  private Resource.Builder pod() {
    return Resource.newBuilder()
        .addAttributes(text("k8s.pod.uid", instance))
        .addAttributes(text("k8s.container.name", name));
  }

  static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
