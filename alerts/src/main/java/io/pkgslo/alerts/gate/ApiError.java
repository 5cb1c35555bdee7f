// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** Answers that are no answers; always JSON, {@code {"error": "..."}}. */
final class ApiError {
  private ApiError() {}

  static WebApplicationException of(int status, String message) {
    return new WebApplicationException(
        message,
        Response.status(status)
            .type(MediaType.APPLICATION_JSON)
            .entity(Map.of("error", message))
            .build());
  }
}
