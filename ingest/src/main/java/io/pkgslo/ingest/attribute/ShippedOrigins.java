// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.log.JsonFields;
import io.pkgslo.golang.log.LogWrapper;
import io.pkgslo.ingest.decode.AnyValueView;
import io.pkgslo.ingest.decode.LogRecordView;
import io.pkgslo.ingest.decode.ValueKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Processes that only the body of a log record names: Fluent Bit leaves the resource empty and puts
 * what its Kubernetes filter knows into the record (reference: go-telemetry.md 6), and the journal
 * names host and process. The service stays unnamed there: the process's own telemetry, or its
 * container, names it. Single-threaded.
 */
final class ShippedOrigins {
  private static final int CAPACITY = 10_000;
  private static final String GROUP = "kubernetes";
  private static final String ANONYMOUS = "service:";

  private final Map<List<String>, ProcessOrigin> known = new HashMap<>();

  /** The origin that the record itself names; null where its resource names one or nothing does. */
  @Nullable ProcessOrigin of(LogRecordView view, ProcessOrigin resource) {
    if (!resource.process().startsWith(ANONYMOUS)) {
      return null;
    }
    List<String> names = names(fields(view));
    if (names.isEmpty()) {
      return null;
    }
    ProcessOrigin origin = known.get(names);
    if (origin == null || !origin.service().equals(resource.service())) {
      if (known.size() >= CAPACITY) {
        known.clear();
      }
      origin =
          new ProcessOrigin(
              resource.service(),
              resource.version(),
              resource.arm(),
              names.get(0),
              names.subList(1, names.size()),
              0,
              0);
      known.put(names, origin);
    }
    return origin;
  }

  private static Map<String, String> fields(LogRecordView view) {
    AnyValueView body = view.body();
    if (body.kind() == ValueKind.KVLIST) {
      return LogFields.ofList(body, view.attributes()).all();
    }
    String text = body.isString() ? body.text().toString() : "";
    Map<String, String> fields =
        (text.contains(GROUP) || text.contains(Journal.PID)) && LogWrapper.isJson(text)
            ? JsonFields.parse(text)
            : null;
    return fields == null ? LogFields.ofText("", view.attributes()).all() : fields;
  }

  private static List<String> names(Map<String, String> fields) {
    List<String> names = new ArrayList<>(2);
    String pod = fields.getOrDefault(GROUP + ".pod_id", "");
    String container = fields.getOrDefault(GROUP + ".container_name", "");
    if (!pod.isEmpty() && !container.isEmpty()) {
      names.add(ProcessNames.ofPod(pod, container));
    }
    String id = fields.getOrDefault(GROUP + ".docker_id", "");
    if (!id.isEmpty()) {
      names.add(ProcessNames.ofContainer(id));
    }
    return names.isEmpty() ? Journal.processNames(fields) : names;
  }
}
