// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.publish;

import io.pkgslo.alerts.rule.RuleKind;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;

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
          throw new ServiceUnavailableException("the objectives in force are not known yet");
        }
        return rules;
      }
    }
    throw new BadRequestException("expected kind file or prometheusrule");
  }
}
