// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AttributeKeys;
import io.pkgslo.ingest.decode.AttributesView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The attributes that ingest reads by name, current spelling first. Their order is their number.
 */
final class Key {
  private static final List<String> NAMES = new ArrayList<>();

  // Resource: service and version.
  static final Key SERVICE_NAMESPACE = new Key("service.namespace");
  static final Key SERVICE_NAME = new Key("service.name");
  static final Key SERVICE_VERSION = new Key("service.version");
  static final Key VCS_REVISION = new Key("vcs.ref.head.revision");
  static final Key VCS_REVISION_OLD = new Key("vcs.repository.ref.revision");
  // Resource: image.
  static final Key IMAGE_REPO_DIGESTS = new Key("container.image.repo_digests");
  static final Key IMAGE_ID = new Key("container.image.id");
  static final Key OCI_DIGEST = new Key("oci.manifest.digest");
  // Resource: process.
  static final Key POD_UID = new Key("k8s.pod.uid");
  static final Key CONTAINER_NAME = new Key("k8s.container.name");
  static final Key CONTAINER_ID = new Key("container.id");
  static final Key SERVICE_INSTANCE_ID = new Key("service.instance.id");
  static final Key HOST_ID = new Key("host.id");
  static final Key HOST_NAME = new Key("host.name");
  static final Key PROCESS_PID = new Key("process.pid");
  static final Key PROCESS_CREATION_TIME = new Key("process.creation.time");
  static final Key RESTART_COUNT = new Key("k8s.container.restart_count");
  // Resource: workload.
  static final Key POD_NAME = new Key("k8s.pod.name");
  static final Key DEPLOYMENT = new Key("k8s.deployment.name");
  static final Key STATEFUL_SET = new Key("k8s.statefulset.name");
  static final Key DAEMON_SET = new Key("k8s.daemonset.name");
  static final Key REPLICA_SET = new Key("k8s.replicaset.name");
  static final Key ROLLOUT = new Key("k8s.rollout.name");
  static final Key TEMPLATE_HASH = new Key("k8s.pod.label.pod-template-hash");
  static final Key TEMPLATE_HASH_OLD = new Key("k8s.pod.labels.pod-template-hash");
  static final Key ROLLOUTS_HASH = new Key("k8s.pod.label.rollouts-pod-template-hash");
  static final Key ROLLOUTS_HASH_OLD = new Key("k8s.pod.labels.rollouts-pod-template-hash");
  // Code, over the versions of the conventions.
  static final Key CODE_FUNCTION_NAME = new Key("code.function.name");
  static final Key CODE_FUNCTION = new Key("code.function");
  static final Key CODE_NAMESPACE = new Key("code.namespace");
  static final Key CODE_FILE_PATH = new Key("code.file.path");
  static final Key CODE_FILEPATH = new Key("code.filepath");
  static final Key CODE_STACKTRACE = new Key("code.stacktrace");
  // Exceptions.
  static final Key EXCEPTION_TYPE = new Key("exception.type");
  static final Key EXCEPTION_MESSAGE = new Key("exception.message");
  static final Key EXCEPTION_STACKTRACE = new Key("exception.stacktrace");
  // Outcome of a call.
  static final Key HTTP_STATUS = new Key("http.response.status_code");
  static final Key HTTP_STATUS_OLD = new Key("http.status_code");
  static final Key RPC_GRPC_STATUS = new Key("rpc.grpc.status_code");
  static final Key RPC_RESPONSE_STATUS = new Key("rpc.response.status_code");
  static final Key RPC_STATUS = new Key("rpc.status_code");
  static final Key RPC_SYSTEM = new Key("rpc.system");
  static final Key RPC_SYSTEM_NAME = new Key("rpc.system.name");
  // What is called.
  static final Key HTTP_METHOD = new Key("http.request.method");
  static final Key HTTP_METHOD_OLD = new Key("http.method");
  static final Key HTTP_ROUTE = new Key("http.route");
  static final Key RPC_SERVICE = new Key("rpc.service");
  static final Key RPC_METHOD = new Key("rpc.method");
  // Who is called, over the versions of the conventions; servers write what they were called.
  static final Key PEER_SERVICE = new Key("peer.service");
  static final Key SERVICE_PEER_NAME = new Key("service.peer.name");
  static final Key SERVER_ADDRESS = new Key("server.address");
  static final Key SERVER_PORT = new Key("server.port");
  static final Key NET_PEER_NAME = new Key("net.peer.name");
  static final Key NET_PEER_PORT = new Key("net.peer.port");
  static final Key NET_HOST_NAME = new Key("net.host.name");
  static final Key NET_HOST_PORT = new Key("net.host.port");
  static final Key MESSAGING_SYSTEM = new Key("messaging.system");
  static final Key MESSAGING_DESTINATION_NAME = new Key("messaging.destination.name");
  static final Key MESSAGING_DESTINATION = new Key("messaging.destination");
  // Requests, beside their traces: the API server's spans, and headers that were captured.
  static final Key AUDIT_ID = new Key("audit-id");
  static final Key AUDIT_ID_DOTTED = new Key("audit.id");
  static final Key REQUEST_ID = new Key("request_id");
  static final Key REQUEST_ID_DOTTED = new Key("request.id");
  static final Key X_REQUEST_ID = new Key("http.request.header.x-request-id");
  // Sampling.
  static final Key JAEGER_SAMPLER_TYPE = new Key("jaeger.sampler.type");
  static final Key JAEGER_SAMPLER_PARAM = new Key("jaeger.sampler.param");
  static final Key SAMPLER_TYPE = new Key("sampler.type");
  static final Key SAMPLER_PARAM = new Key("sampler.param");
  static final Key SAMPLE_RATE_HONEYCOMB = new Key("SampleRate");
  static final Key SAMPLE_RATE_CAMEL = new Key("sampleRate");
  static final Key SAMPLING_RATE = new Key("sampling.rate");
  static final Key SAMPLE_RATE = new Key("sample_rate");
  static final Key ADJUSTED_COUNT = new Key("sampler.adjusted_count");
  static final Key SAMPLING_THRESHOLD = new Key("sampling.threshold");
  // Runtime metrics.
  static final Key GO_MEMORY_TYPE = new Key("go.memory.type");
  static final Key GO_MEMORY_DETAILED_TYPE = new Key("go.memory.detailed_type");
  static final Key GO_CPU_STATE = new Key("go.cpu.state");
  static final Key GO_CPU_DETAILED_STATE = new Key("go.cpu.detailed_state");
  // Shipped lines.
  static final Key LOG_IOSTREAM = new Key("log.iostream");
  static final Key LOG_TAG = new Key("logtag");
  static final Key LOG_FILE_PATH = new Key("log.file.path");
  static final Key LOG_FILE_NAME = new Key("log.file.name");
  static final Key FILE_PATH = new Key("file.path");

  /** Who serves an RPC is asked of every span, for its peer. */
  private static final Key[] OF_ROUTES = {HTTP_METHOD, HTTP_METHOD_OLD, HTTP_ROUTE};

  private final int id;

  private Key(String attribute) {
    id = NAMES.size();
    NAMES.add(attribute);
  }

  /** Its number in {@link #table}. */
  int id() {
    return id;
  }

  /** Some keys for {@link AttributesView#mayHaveAny}. */
  static long setOf(Key... keys) {
    return AttributesView.setOf(Arrays.stream(keys).mapToInt(Key::id).toArray());
  }

  /**
   * The table for the decoders.
   *
   * @param further names in the user's settings
   * @param routes whether there is a table of routes that wants to know what is called
   */
  static AttributeKeys table(List<String> further, boolean routes) {
    List<String> names = new ArrayList<>(NAMES);
    names.addAll(further);
    Set<String> unused = new HashSet<>();
    if (!routes) {
      Arrays.stream(OF_ROUTES).map(key -> NAMES.get(key.id)).forEach(unused::add);
      further.forEach(unused::remove);
    }
    return AttributeKeys.of(names, unused);
  }
}
