// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AttributeKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The attributes that ingest reads by name, current spelling first. The order is their number. */
enum Key {
  // Resource: service and version.
  SERVICE_NAMESPACE("service.namespace"),
  SERVICE_NAME("service.name"),
  SERVICE_VERSION("service.version"),
  VCS_REVISION("vcs.ref.head.revision"),
  VCS_REVISION_OLD("vcs.repository.ref.revision"),
  // Resource: image.
  IMAGE_REPO_DIGESTS("container.image.repo_digests"),
  IMAGE_ID("container.image.id"),
  OCI_DIGEST("oci.manifest.digest"),
  // Resource: process.
  POD_UID("k8s.pod.uid"),
  CONTAINER_NAME("k8s.container.name"),
  CONTAINER_ID("container.id"),
  SERVICE_INSTANCE_ID("service.instance.id"),
  HOST_ID("host.id"),
  HOST_NAME("host.name"),
  PROCESS_PID("process.pid"),
  PROCESS_CREATION_TIME("process.creation.time"),
  RESTART_COUNT("k8s.container.restart_count"),
  // Resource: workload.
  POD_NAME("k8s.pod.name"),
  DEPLOYMENT("k8s.deployment.name"),
  STATEFUL_SET("k8s.statefulset.name"),
  DAEMON_SET("k8s.daemonset.name"),
  REPLICA_SET("k8s.replicaset.name"),
  ROLLOUT("k8s.rollout.name"),
  TEMPLATE_HASH("k8s.pod.label.pod-template-hash"),
  TEMPLATE_HASH_OLD("k8s.pod.labels.pod-template-hash"),
  ROLLOUTS_HASH("k8s.pod.label.rollouts-pod-template-hash"),
  ROLLOUTS_HASH_OLD("k8s.pod.labels.rollouts-pod-template-hash"),
  // Code, over the versions of the conventions.
  CODE_FUNCTION_NAME("code.function.name"),
  CODE_FUNCTION("code.function"),
  CODE_NAMESPACE("code.namespace"),
  CODE_FILE_PATH("code.file.path"),
  CODE_FILEPATH("code.filepath"),
  CODE_STACKTRACE("code.stacktrace"),
  // Exceptions.
  EXCEPTION_TYPE("exception.type"),
  EXCEPTION_MESSAGE("exception.message"),
  EXCEPTION_STACKTRACE("exception.stacktrace"),
  // Outcome of a call.
  HTTP_STATUS("http.response.status_code"),
  HTTP_STATUS_OLD("http.status_code"),
  RPC_GRPC_STATUS("rpc.grpc.status_code"),
  RPC_RESPONSE_STATUS("rpc.response.status_code"),
  RPC_STATUS("rpc.status_code"),
  RPC_SYSTEM("rpc.system"),
  RPC_SYSTEM_NAME("rpc.system.name"),
  // What is called.
  HTTP_METHOD("http.request.method"),
  HTTP_METHOD_OLD("http.method"),
  HTTP_ROUTE("http.route"),
  RPC_SERVICE("rpc.service"),
  RPC_METHOD("rpc.method"),
  // Sampling.
  JAEGER_SAMPLER_TYPE("jaeger.sampler.type"),
  JAEGER_SAMPLER_PARAM("jaeger.sampler.param"),
  SAMPLER_TYPE("sampler.type"),
  SAMPLER_PARAM("sampler.param"),
  SAMPLE_RATE_HONEYCOMB("SampleRate"),
  SAMPLE_RATE_CAMEL("sampleRate"),
  SAMPLING_RATE("sampling.rate"),
  SAMPLE_RATE("sample_rate"),
  ADJUSTED_COUNT("sampler.adjusted_count"),
  SAMPLING_THRESHOLD("sampling.threshold"),
  // Runtime metrics.
  GO_MEMORY_TYPE("go.memory.type"),
  GO_MEMORY_DETAILED_TYPE("go.memory.detailed_type"),
  GO_CPU_STATE("go.cpu.state"),
  GO_CPU_DETAILED_STATE("go.cpu.detailed_state"),
  // Shipped lines.
  LOG_IOSTREAM("log.iostream"),
  LOG_FILE_PATH("log.file.path"),
  LOG_FILE_NAME("log.file.name"),
  FILE_PATH("file.path");

  private final String attribute;

  Key(String attribute) {
    this.attribute = attribute;
  }

  /** Its number in {@link #table}. */
  int id() {
    return ordinal();
  }

  String attribute() {
    return attribute;
  }

  /** The table for the decoders; {@code further} are the ones that the user's settings name. */
  static AttributeKeys table(List<String> further) {
    List<String> names = new ArrayList<>(Arrays.stream(values()).map(Key::attribute).toList());
    names.addAll(further);
    return AttributeKeys.of(names);
  }
}
