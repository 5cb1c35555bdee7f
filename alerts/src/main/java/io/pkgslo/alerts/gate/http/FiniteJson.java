// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pkgslo.alerts.rollout.RolloutJson;

/** Writes JSON that holds finite numbers only: a gate would read NaN as a success. */
final class FiniteJson {
  private static final ObjectMapper MAPPER = RolloutJson.mapper();

  private FiniteJson() {}

  /**
   * @throws IllegalStateException if {@code body} holds a number that is not finite, or is neither
   *     an object nor an array
   */
  static byte[] write(Object body) {
    JsonNode json = MAPPER.valueToTree(body);
    if (json == null || !json.isContainerNode()) {
      throw new IllegalStateException("an answer must be a JSON object or array, not " + json);
    }
    check(json);
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer cannot be written as JSON", e);
    }
  }

  private static void check(JsonNode json) {
    if (json.isFloatingPointNumber() && !Double.isFinite(json.doubleValue())) {
      throw new IllegalStateException("an answer holds " + json.doubleValue());
    }
    json.forEach(FiniteJson::check);
  }
}
