// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.util.Map;
import java.util.Set;

/**
 * A record of the Kubernetes API server's audit log (reference: go-telemetry.md 6): it has no
 * message and no severity of its own, and its level says how much was recorded.
 */
final class AuditRecord {
  private static final String API = "audit.k8s.io/";
  private static final Set<String> EARLY = Set.of("RequestReceived", "ResponseStarted");
  private static final int INFO = 9;
  private static final int FIRST_SERVER_ERROR = 500;

  private AuditRecord() {}

  static boolean is(Map<String, String> fields) {
    return fields.getOrDefault("apiVersion", "").startsWith(API)
        && fields.getOrDefault("kind", "").equals("Event");
  }

  /** What was asked and how it ended. */
  static String text(Map<String, String> fields) {
    return String.join(
            " ",
            fields.getOrDefault("verb", ""),
            fields.getOrDefault("requestURI", ""),
            fields.getOrDefault("stage", ""),
            fields.getOrDefault("responseStatus.code", ""),
            fields.getOrDefault("responseStatus.reason", ""),
            fields.getOrDefault("auditID", ""))
        .strip()
        .replace("  ", " ");
  }

  /** ERROR where the API server failed or panicked, else INFO. */
  static int severity(Map<String, String> fields) {
    boolean panicked = fields.getOrDefault("stage", "").equals("Panic");
    return panicked || code(fields) >= FIRST_SERVER_ERROR ? Severities.ERROR : INFO;
  }

  /** True for a record behind which another one tells how the request ended. */
  static boolean isOpen(Map<String, String> fields) {
    return EARLY.contains(fields.getOrDefault("stage", ""));
  }

  private static int code(Map<String, String> fields) {
    try {
      return Integer.parseInt(fields.getOrDefault("responseStatus.code", "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
