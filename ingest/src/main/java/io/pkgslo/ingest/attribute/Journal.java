// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Entries of systemd's journal, as the Collector's receiver and Fluent Bit hand them on: all fields
 * under the journal's own names (systemd.journal-fields(7)), Fluent Bit also without the underscore
 * in front. Stateless.
 */
final class Journal {
  /** Part of every entry of a process. */
  static final String PID = "_PID";

  private static final String OUTPUT = "stdout";

  private Journal() {}

  /** True for what a service wrote to its standard output or error, which the journal joins. */
  static boolean isOutput(Map<String, String> fields) {
    return field(fields, "_TRANSPORT").equals(OUTPUT) && fields.containsKey("MESSAGE");
  }

  static String line(Map<String, String> fields) {
    return fields.getOrDefault("MESSAGE", "");
  }

  /** The identities of the process that wrote the entry; none for entries of the kernel. */
  static List<String> processNames(Map<String, String> fields) {
    List<String> names = new ArrayList<>(2);
    String container = fields.getOrDefault("CONTAINER_ID_FULL", "");
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
