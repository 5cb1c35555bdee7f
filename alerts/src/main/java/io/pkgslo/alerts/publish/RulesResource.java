// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.publish;

import io.pkgslo.alerts.rule.RuleKind;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/** {@code /api/v1/rules}: the Prometheus rules of the objectives in force. */
@Path("/api/v1/rules")
public class RulesResource {
  private final RulePublisher publisher;

  @Inject
  RulesResource(RulePublisher publisher) {
    this.publisher = publisher;
  }

  /**
   * One rule file.
   *
   * @param kind {@code file}, or {@code prometheusrule} for the Prometheus Operator
   */
  @GET
  @Produces("application/yaml")
  public String rules(@QueryParam("kind") @DefaultValue("file") String kind) {
    for (RuleKind known : RuleKind.values()) {
      if (known.label().equals(kind)) {
        String rules = publisher.rules(known);
        if (rules == null) {
          throw refusal(Status.SERVICE_UNAVAILABLE, "the objectives in force are not known yet");
        }
        return rules;
      }
    }
    throw refusal(Status.BAD_REQUEST, "expected kind file or prometheusrule");
  }

  /** With a body of its own: what has none would be written as the YAML that is produced here. */
  private static WebApplicationException refusal(Status status, String why) {
    return new WebApplicationException(
        Response.status(status)
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity("{\"error\":\"" + why + "\"}")
            .build());
  }
}
