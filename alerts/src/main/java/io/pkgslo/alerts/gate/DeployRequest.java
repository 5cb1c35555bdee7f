// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pkgslo.alerts.rollout.ArmSelector;
import io.pkgslo.alerts.rollout.Marker;
import io.pkgslo.alerts.rollout.Order;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v1/rollouts}, checked.
 *
 * @param who as the body says it; absent if it does not
 */
record DeployRequest(Order.Deployment deployment, @Nullable String who, String why) {
  private static final int MAX_TEXT = 500;
  private static final int MAX_STEPS = 50;
  private static final int MAX_ATTRIBUTES = 8;
  private static final Set<String> KNOWN =
      Set.of(
          "service",
          "version",
          "workload",
          "hash",
          "digest",
          "attributes",
          "baseline",
          "weight",
          "steps",
          "schemaMigration",
          "fix",
          "runId",
          "state",
          "who",
          "why");
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  static DeployRequest parse(byte[] body) {
    JsonNode json = object(body);
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!KNOWN.contains(name)) {
                throw ApiError.of(400, name + ": unknown, expected one of " + KNOWN);
              }
            });
    String service = text(json, "service");
    if (service == null) {
      throw ApiError.of(400, "service: expected its name, namespace/name or the name alone");
    }
    String why = text(json, "why");
    return new DeployRequest(
        new Order.Deployment(service, ends(json), canary(json), baseline(json), marker(json)),
        text(json, "who"),
        why == null ? "" : why);
  }

  static JsonNode object(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      if (json != null && json.isObject()) {
        return json;
      }
      throw ApiError.of(400, "expected a JSON object");
    } catch (IOException e) {
      throw ApiError.of(400, "expected a JSON object, and this is no JSON");
    }
  }

  /** Null when it is missing or blank. */
  static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || value.asText().length() > MAX_TEXT) {
      throw ApiError.of(400, name + ": expected a text of at most " + MAX_TEXT + " characters");
    }
    return value.asText().isBlank() ? null : value.asText().strip();
  }

  private static boolean ends(JsonNode json) {
    String state = text(json, "state");
    if (state == null || state.equals("open")) {
      return false;
    }
    if (state.equals("closed")) {
      return true;
    }
    throw ApiError.of(400, "state: expected open or closed");
  }

  private static ArmSelector canary(JsonNode json) {
    String version = text(json, "version");
    String workload = text(json, "workload");
    String hash = text(json, "hash");
    Map<String, String> attributes = attributes(json.path("attributes"));
    boolean named = version != null || workload != null || hash != null || !attributes.isEmpty();
    // Telemetry seldom says the digest: beside another name it is knowledge, not a condition.
    String digest = named ? null : text(json, "digest");
    if (!named && digest == null) {
      throw ApiError.of(
          400, "expected a version, workload, hash, digest or attributes of the canary");
    }
    return new ArmSelector(version, workload, hash, digest, attributes);
  }

  /** Values by name; an empty text stands for the absence of an attribute. */
  private static Map<String, String> attributes(JsonNode json) {
    if (json.isMissingNode() || json.isNull()) {
      return Map.of();
    }
    if (!json.isObject() || json.size() > MAX_ATTRIBUTES) {
      throw ApiError.of(
          400, "attributes: expected an object of at most " + MAX_ATTRIBUTES + " names and values");
    }
    Map<String, String> attributes = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      JsonNode value = field.getValue();
      if (!value.isValueNode() || value.isNull() || value.asText().length() > MAX_TEXT) {
        throw ApiError.of(400, "attributes: expected a text for " + field.getKey());
      }
      attributes.put(field.getKey(), value.asText());
    }
    return attributes;
  }

  /** A version, or an object with the parts of an arm. */
  private static @Nullable ArmSelector baseline(JsonNode json) {
    JsonNode value = json.path("baseline");
    if (value.isObject()) {
      return canary(value);
    }
    String version = text(json, "baseline");
    return version == null ? null : ArmSelector.ofVersion(version);
  }

  private static Marker marker(JsonNode json) {
    try {
      return new Marker(
          number(json.path("weight"), "weight"),
          steps(json.path("steps")),
          flag(json, "schemaMigration"),
          flag(json, "fix"),
          text(json, "digest"),
          text(json, "runId"),
          null);
    } catch (IllegalArgumentException e) {
      throw ApiError.of(400, String.valueOf(e.getMessage()));
    }
  }

  private static List<Double> steps(JsonNode value) {
    List<Double> steps = new ArrayList<>();
    if (value.isMissingNode() || value.isNull()) {
      return steps;
    }
    if (!value.isArray() || value.size() > MAX_STEPS) {
      throw ApiError.of(400, "steps: expected at most " + MAX_STEPS + " shares of calls");
    }
    for (JsonNode step : value) {
      Double share = number(step, "steps");
      if (share != null) {
        steps.add(share);
      }
    }
    return steps;
  }

  private static @Nullable Double number(JsonNode value, String name) {
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isNumber()) {
      throw ApiError.of(400, name + ": expected a share of calls in [0, 1]");
    }
    return value.asDouble();
  }

  private static boolean flag(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw ApiError.of(400, name + ": expected true or false");
    }
    return value.asBoolean();
  }
}
