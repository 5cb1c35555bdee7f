// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.gates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Requests as no tool sends them, on every path of the served description: no success is empty, is
 * not JSON, or holds a number that is none, and nothing malformed is obeyed.
 */
final class OddRequests {
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Set<String> METHODS = Set.of("get", "post", "put");
  private static final int TOO_MANY_REQUESTS = 429;

  /** All labels, without a question. */
  private static final String NEEDS_NOTHING = "/prometheus/api/v1/labels";

  private static final List<String> QUERIES =
      List.of(
          "",
          "?service=&version=&query=&rollout=",
          "?service=%00&version=%ff&query=%ff&rollout=%2e%2e%2f",
          "?service=a&service=b&version=a&version=b&query=1&query=2",
          "?query=NaN&time=NaN&start=NaN&end=NaN&step=NaN",
          "?query=0%2F0&start=0&end=1e400&step=-1",
          "?application=&thresholds=&service=" + "x".repeat(3_000));

  private static final List<String> BODIES =
      List.of(
          "",
          "{",
          "null",
          "[]",
          "NaN",
          "{} {}",
          "{\"service\":NaN}",
          "{\"service\":{},\"name\":[],\"status\":1,\"scopes\":0,\"canaryConfig\":null}",
          "{\"a\":".repeat(2_000));

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final String token;

  OddRequests(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /** Returns what was asked, as method and path. */
  Set<String> ask() throws IOException, InterruptedException {
    Set<String> asked = new TreeSet<>();
    JsonNode paths =
        STRICT.readTree(send(HttpRequest.newBuilder(base.resolve("/q/openapi"))).body());
    for (Map.Entry<String, JsonNode> path : paths.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          ask(operation.getKey(), path.getKey());
          asked.add(operation.getKey() + " " + path.getKey());
        }
      }
    }
    return asked;
  }

  private void ask(String method, String path) throws IOException, InterruptedException {
    for (String id : path.contains("{") ? List.of("nobody", "%00", "..%2f..") : List.of("")) {
      URI place = base.resolve(path.replaceAll("\\{[^}]*}", id));
      if (method.equals("get")) {
        for (String query : QUERIES) {
          check("get " + place + query, send(HttpRequest.newBuilder(URI.create(place + query))));
        }
      } else {
        for (String body : BODIES) {
          HttpRequest.Builder request =
              HttpRequest.newBuilder(place)
                  .header("Content-Type", "application/json")
                  .header("Authorization", "Bearer " + token)
                  .method(method.toUpperCase(Locale.ROOT), BodyPublishers.ofString(body));
          HttpResponse<String> answer = send(request);
          String what = method + " " + place + " " + body.substring(0, Math.min(80, body.length()));
          check(what, answer);
          if (!path.equals(NEEDS_NOTHING)) {
            assertThat(answer.statusCode()).as("%s: %s", what, answer.body()).isBetween(400, 499);
          }
        }
      }
    }
  }

  private static void check(String what, HttpResponse<String> answer) {
    assertThat(answer.statusCode())
        .as("%s: %s", what, answer.body())
        .isLessThan(500)
        .isNotEqualTo(TOO_MANY_REQUESTS);
    assertThat(answer.body()).as(what).isNotBlank();
    String type = answer.headers().firstValue("content-type").orElse("");
    if (type.startsWith("application/yaml")) {
      return; // The rules, for Prometheus and no gate.
    }
    assertThat(type).as(what).startsWith("application/");
    assertThat(answer.body().lines()).as(what).allMatch(OddRequests::isFiniteJson);
  }

  /** A container: a bare word or number would be read as a yes by some. */
  private static boolean isFiniteJson(String text) {
    try {
      return STRICT.readTree(text).isContainerNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
