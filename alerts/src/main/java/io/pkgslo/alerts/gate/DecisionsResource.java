// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.ledger.LedgerException;
import io.pkgslo.alerts.ledger.LedgerReader;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ledger over HTTP. Records are given byte for byte as they stand on the topic, so that their
 * hashes can be computed anew; {@code pkgslo replay} does.
 */
@Path("/api/v1")
@Blocking
public class DecisionsResource {
  private static final String JSON_LINES = "application/x-ndjson";

  private final LedgerReader ledger;

  @Inject
  DecisionsResource(LedgerReader ledger) {
    this.ledger = ledger;
  }

  /** One record. */
  @GET
  @Path("decisions/{id}")
  @Produces(MediaType.APPLICATION_JSON)
  public String decision(@PathParam("id") String id) {
    try {
      String record = ledger.record(id);
      if (record == null) {
        throw ApiError.of(404, "no decision " + id + " is known");
      }
      return record;
    } catch (LedgerException e) {
      throw ApiError.of(503, String.valueOf(e.getMessage()));
    }
  }

  /** The records of a rollout in short; an unknown rollout has none. */
  @GET
  @Path("decisions")
  @Produces(MediaType.APPLICATION_JSON)
  public DecisionsAnswer decisions(@QueryParam("rollout") @Nullable String rollout) {
    if (rollout == null || rollout.isBlank()) {
      throw ApiError.of(400, "expected ?rollout=ID, as /api/v1/rollouts gives it");
    }
    return new DecisionsAnswer(rollout, ledger.lines(rollout));
  }

  /** The whole chain of a rollout, one record per line. */
  @GET
  @Path("rollouts/{id}/ledger")
  @Produces(JSON_LINES)
  public String ledger(@PathParam("id") String rollout) {
    try {
      List<String> records = ledger.records(rollout);
      if (records.isEmpty()) {
        throw ApiError.of(404, "no decision about rollout " + rollout + " is known");
      }
      return String.join("\n", records) + "\n";
    } catch (LedgerException e) {
      throw ApiError.of(503, String.valueOf(e.getMessage()));
    }
  }
}
