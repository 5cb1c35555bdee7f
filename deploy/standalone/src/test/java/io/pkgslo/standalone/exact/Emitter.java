// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Map;

/**
 * Who emitted an item, by its resource (reference: sli.md, Identities).
 *
 * @param process the same for everything that one process emits, whoever shipped it
 */
record Emitter(String service, String version, String process) {

  static Emitter of(Resource resource) {
    Map<String, String> attributes = Attributes.of(resource.getAttributesList());
    String name = attributes.getOrDefault("service.name", "");
    String namespace = attributes.getOrDefault("service.namespace", "");
    String version =
        Attributes.first(
            attributes,
            "service.version",
            "vcs.ref.head.revision",
            "container.image.repo_digests",
            "oci.manifest.digest");
    return new Emitter(
        namespace.isEmpty() ? name : namespace + "/" + name,
        version.isEmpty() ? "unknown" : version,
        process(attributes));
  }

  private static String process(Map<String, String> attributes) {
    if (attributes.containsKey("k8s.pod.uid")) {
      return "pod " + attributes.get("k8s.pod.uid") + " " + attributes.get("k8s.container.name");
    }
    if (attributes.containsKey("container.id")) {
      return "container " + attributes.get("container.id");
    }
    if (attributes.containsKey("service.instance.id")) {
      return "instance " + attributes.get("service.instance.id");
    }
    return "host " + attributes.get("host.name") + " pid " + attributes.get("process.pid");
  }

  Subject subject(String goPackage) {
    return new Subject(service, version, goPackage);
  }
}
