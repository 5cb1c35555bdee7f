// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as a gate sees it. Parameters come from the query and from a form in the body, in that
 * order.
 */
public final class Ask {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Map<String, String> path;
  private final Map<String, List<String>> parameters;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * @param path values of the placeholders in the endpoint's path
   * @param query parameters of the query
   * @param headers by name in lower case
   * @param body empty when there is none
   */
  public Ask(
      Map<String, String> path,
      Map<String, List<String>> query,
      Map<String, String> headers,
      byte[] body) {
    this.path = Map.copyOf(path);
    this.headers = Map.copyOf(headers);
    this.body = body.clone();
    this.parameters = new LinkedHashMap<>();
    query.forEach((name, values) -> parameters.put(name, new ArrayList<>(values)));
    if (header("content-type").toLowerCase(Locale.ROOT).startsWith(FORM)) {
      readForm();
    }
  }

  private void readForm() {
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        parameters
            .computeIfAbsent(decode(parts[0]), name -> new ArrayList<>())
            .add(parts.length == 2 ? decode(parts[1]) : "");
      }
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadAsk("the form is not URL-encoded: " + e.getMessage());
    }
  }

  /** Value of a placeholder of the path. */
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no placeholder " + name);
    }
    return value;
  }

  /** First value of a parameter; null when it is missing or blank. */
  public @Nullable String parameter(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() || values.get(0).isBlank() ? null : values.get(0).trim();
  }

  /** All values of a parameter. */
  public List<String> parameters(String name) {
    return List.copyOf(parameters.getOrDefault(name, List.of()));
  }

  /** A header by its name in lower case; empty when it is missing. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Whether there is a body. */
  public boolean hasBody() {
    return body.length > 0;
  }

  /** The body as a JSON object; whatever else it is, is refused. */
  public JsonNode object() {
    try {
      JsonNode json = JSON.readTree(body);
      if (json == null || !json.isObject()) {
        throw new BadAsk("expected a JSON object as the body");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new BadAsk("the body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadAsk("the body cannot be read");
    }
  }

  /** A text of a JSON object; null when it is missing or blank, refused when it is not text. */
  public static @Nullable String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new BadAsk(field + ": expected a text");
    }
    return value.asText().isBlank() ? null : value.asText().trim();
  }
}
