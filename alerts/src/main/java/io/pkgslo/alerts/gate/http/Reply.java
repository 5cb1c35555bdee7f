// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.http;

import java.util.Map;

/**
 * What goes back.
 *
 * @param status HTTP status
 * @param body anything that Jackson writes as JSON, an object or array
 * @param headers further headers
 */
public record Reply(int status, Object body, Map<String, String> headers) {
  public Reply {
    if (status == 204 || status == 304) {
      throw new IllegalArgumentException("a status without a body is never sent");
    }
    headers = Map.copyOf(headers);
  }

  public static Reply ok(Object body) {
    return of(200, body);
  }

  public static Reply of(int status, Object body) {
    return new Reply(status, body, Map.of());
  }

  /** {@code {"error": message}}. */
  public static Reply error(int status, String message) {
    return of(status, Map.of("error", message));
  }
}
