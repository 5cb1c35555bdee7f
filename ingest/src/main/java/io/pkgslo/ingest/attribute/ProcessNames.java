// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AttributesView;
import java.util.ArrayList;
import java.util.List;

/**
 * All identities of a process that a resource supports, in falling precedence (reference: sli.md,
 * Identities): {@code pod:<uid>/<container>}, {@code container:<id>}, {@code instance:<id>}, {@code
 * host:<name>/<pid>}. The first is the canonical one, the others are its aliases.
 */
final class ProcessNames {
  private static final String RUNTIME_SEPARATOR = "://";

  private ProcessNames() {}

  /**
   * At least one name: a resource without any of the identities is one process per service, version
   * and place, the place being what is there of them: a pod without its container, or a host.
   */
  static List<String> of(AttributesView resource, String service, String version) {
    List<String> names = new ArrayList<>();
    String pod = Values.text(resource, Key.POD_UID);
    String container = Values.text(resource, Key.CONTAINER_NAME);
    if (!pod.isEmpty() && !container.isEmpty()) {
      names.add(ofPod(pod, container));
    }
    String containerId = Values.text(resource, Key.CONTAINER_ID);
    if (!containerId.isEmpty()) {
      names.add(ofContainer(containerId));
    }
    String instance = Values.text(resource, Key.SERVICE_INSTANCE_ID);
    if (!instance.isEmpty()) {
      names.add("instance:" + BoundedName.of(instance));
    }
    String host = host(resource);
    String pid = Values.text(resource, Key.PROCESS_PID);
    if (!host.isEmpty() && !pid.isEmpty()) {
      names.add(ofHost(host, pid));
    }
    if (names.isEmpty()) {
      String place = pod.isEmpty() ? host : pod;
      String at = place.isEmpty() ? "" : "@" + BoundedName.of(place);
      names.add("service:" + service + "/" + version + at);
    }
    return names;
  }

  static String ofPod(String uid, String container) {
    return "pod:" + BoundedName.of(uid) + "/" + BoundedName.of(container);
  }

  static String ofContainer(String id) {
    return "container:" + BoundedName.of(withoutRuntime(id));
  }

  static String ofHost(String host, String pid) {
    return "host:" + BoundedName.of(host) + '/' + BoundedName.of(pid);
  }

  private static String host(AttributesView resource) {
    String name = Values.text(resource, Key.HOST_NAME);
    return name.isEmpty() ? Values.text(resource, Key.HOST_ID) : name;
  }

  /** Kubernetes' status says {@code containerd://<id>}, everyone else the bare id. */
  private static String withoutRuntime(String containerId) {
    int separator = containerId.indexOf(RUNTIME_SEPARATOR);
    return separator < 0
        ? containerId
        : containerId.substring(separator + RUNTIME_SEPARATOR.length());
  }
}
