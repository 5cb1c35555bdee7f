// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.alertmanager;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.pkgslo.alerts.gate.http.Ask;
import io.pkgslo.alerts.gate.http.BadAsk;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One alert of a notification.
 *
 * @param fingerprint of its labels, as Alertmanager computes it
 * @param isFiring false once it is resolved
 * @param generatorUrl absent where the sender gives none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Alert(
    String fingerprint,
    Instant startsAt,
    boolean isFiring,
    Map<String, String> labels,
    Map<String, String> annotations,
    @Nullable String generatorUrl) {

  public Alert {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /** Unknown fields are ignored: newer releases add some. */
  static Alert of(JsonNode json) {
    String fingerprint = Ask.text(json, "fingerprint");
    String startsAt = Ask.text(json, "startsAt");
    String status = Ask.text(json, "status");
    if (fingerprint == null || startsAt == null || status == null) {
      throw new BadAsk("alerts: expected fingerprint, startsAt and status");
    }
    if (!status.equals("firing") && !status.equals("resolved")) {
      throw new BadAsk("alerts: status is neither firing nor resolved");
    }
    return new Alert(
        fingerprint,
        time(startsAt),
        status.equals("firing"),
        texts(json.path("labels")),
        texts(json.path("annotations")),
        Ask.text(json, "generatorURL"));
  }

  /** Whether it is about {@code service}, by its label of that name. */
  boolean isAbout(String service) {
    return service.equals(labels.get("service"));
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new BadAsk("alerts: startsAt is not a time: " + text);
    }
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object.properties().forEach(f -> texts.put(f.getKey(), f.getValue().asText()));
    return texts;
  }
}
