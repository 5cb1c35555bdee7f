// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors of the resources under {@code /api}: JSON, and 503 for what fails inside. */
final class ApiErrors {
  private static final Logger LOG = Logger.getLogger(ApiErrors.class);

  @ServerExceptionMapper
  Response refused(WebApplicationException e) {
    Response response = e.getResponse();
    return response.hasEntity() ? response : json(response.getStatus(), reason(e));
  }

  @ServerExceptionMapper
  Response failed(RuntimeException e) {
    LOG.error("a request of the API failed", e);
    return json(503, "internal failure; nothing is known");
  }

  private static String reason(WebApplicationException e) {
    String message = e.getMessage();
    return message == null ? "status " + e.getResponse().getStatus() : message;
  }

  private static Response json(int status, String message) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(Map.of("error", message))
        .build();
  }
}
