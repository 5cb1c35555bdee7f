// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Entries of systemd's journal, as the Collector's receiver and Fluent Bit hand them on: all fields
 * under the journal's own names (systemd.journal-fields(7)), Fluent Bit also without the underscore
 * in front; Docker's and Podman's journald drivers add the container. Stateless.
 */
final class Journal {
  /** Part of every entry of a process. */
  static final String PID = "_PID";

  private static final String OUTPUT = "stdout";
  private static final String CONTAINER = "CONTAINER_ID_FULL";
  private static final String PRIORITY = "PRIORITY";

  /** The priorities with which Docker and Podman tell the streams of a container apart. */
  private static final String ERR = "3";

  private static final String INFO = "6";

  private Journal() {}

  /** True for what a service or a container wrote to its standard output or error. */
  static boolean isOutput(Map<String, String> fields) {
    return fields.containsKey("MESSAGE")
        && (fields.containsKey(CONTAINER) || field(fields, "_TRANSPORT").equals(OUTPUT));
  }

  /** Empty where the entry does not tell: of services the journal joins both streams. */
  static String stream(Map<String, String> fields) {
    if (!fields.containsKey(CONTAINER)) {
      return "";
    }
    return switch (fields.getOrDefault(PRIORITY, "")) {
      case ERR -> "stderr";
      case INFO -> "stdout";
      default -> "";
    };
  }

  /** True for a container's line of which more follows. */
  static boolean isPartial(Map<String, String> fields) {
    return fields.getOrDefault("CONTAINER_PARTIAL_MESSAGE", "").equals("true");
  }

  static String line(Map<String, String> fields) {
    return fields.getOrDefault("MESSAGE", "");
  }

  /** The identities of the process that wrote the entry; none for entries of the kernel. */
  static List<String> processNames(Map<String, String> fields) {
    List<String> names = new ArrayList<>(2);
    String container = fields.getOrDefault(CONTAINER, "");
    if (!container.isEmpty()) {
      names.add(ProcessNames.ofContainer(container)); // the container runtime is who wrote it
      return names;
    }
    String host = field(fields, "_HOSTNAME");
    String pid = field(fields, PID);
    if (!host.isEmpty() && !pid.isEmpty()) {
      names.add(ProcessNames.ofHost(host, pid));
    }
    return names;
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    return value != null ? value : fields.getOrDefault(name.substring(1), "");
  }
}
