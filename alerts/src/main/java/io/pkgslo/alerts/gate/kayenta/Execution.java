// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.kayenta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pkgslo.alerts.gate.ArmQuestion;
import io.pkgslo.alerts.gate.http.BadAsk;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that was asked, whole in its id: any instance can answer it, also after a restart, and
 * asking leaves nothing behind.
 *
 * @param services names that the service may have
 * @param arms what is asked about, one per scope, at least one
 * @param untilMillis wall clock up to which hold means not yet; 0 for an answer at once
 */
record Execution(
    List<String> services, List<Arms> arms, double pass, double marginal, long untilMillis) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_ID_CHARS = 4096;

  Execution {
    services = List.copyOf(services);
    arms = List.copyOf(arms);
  }

  /**
   * @param version the canary
   * @param baseline absent for any
   */
  record Arms(String version, @Nullable String baseline) {}

  List<ArmQuestion> questions() {
    return arms.stream().map(a -> new ArmQuestion(services, a.version(), a.baseline())).toList();
  }

  Thresholds thresholds() {
    return new Thresholds(pass, marginal).checked();
  }

  String id() {
    try {
      String id =
          Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(this));
      if (id.length() > MAX_ID_CHARS) {
        throw new BadAsk("the scopes are too long");
      }
      return id;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an execution cannot be written", e);
    }
  }

  /** Refuses whatever is not an id of ours. */
  static Execution ofId(String id) {
    try {
      Execution execution = JSON.readValue(Base64.getUrlDecoder().decode(id), Execution.class);
      if (execution.services().isEmpty() || execution.arms().isEmpty()) {
        throw new BadAsk("not an execution: " + shortened(id));
      }
      return execution;
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      throw new BadAsk("not an execution: " + shortened(id));
    }
  }

  private static String shortened(String id) {
    return id.substring(0, Math.min(id.length(), 40));
  }
}
