// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.gates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** HTTP as the tools speak it: an address, a status, JSON. */
final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI base;

  Client(URI base) {
    this.base = base;
  }

  /** What came back; every body has to be JSON. */
  record Answer(int status, JsonNode json) {}

  Answer get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(base.resolve(path)));
  }

  Answer post(String path, Object body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
  }

  /** What a person decides about the newest rollout of a service, and why. */
  Answer override(Scene scene, String decision, String why, String token)
      throws IOException, InterruptedException {
    String id =
        get("/api/v1/rollouts?service=" + encoded(scene.service()))
            .json()
            .at("/rollouts/0/id")
            .asText();
    return order(
        "/api/v1/rollouts/" + id + "/overrides",
        "application/json",
        Map.of("answer", decision, "why", why),
        token);
  }

  /** A deployment tool announces a version by our own call. */
  Answer deploy(Scene scene, String version, String token)
      throws IOException, InterruptedException {
    return order(
        "/api/v1/rollouts",
        "application/json",
        Map.of("service", scene.service(), "version", version, "runId", "pipeline-7"),
        token);
  }

  /** The same as a CloudEvent in structured mode. */
  Answer announce(Scene scene, String version, String token)
      throws IOException, InterruptedException {
    String type = "dev.cdevents.service.deployed.0.3.0";
    Map<String, Object> context =
        Map.of(
            "version", "0.5.0",
            "id", "event-" + version,
            "source", "/ci/pipeline",
            "type", type,
            "timestamp", "2026-03-01T10:00:00Z");
    Map<String, Object> subject =
        Map.of(
            "id", scene.service(),
            "type", "service",
            "content", Map.of("artifactId", "pkg:golang/acme.com/checkout@" + version));
    return order(
        "/api/v1/events",
        "application/cloudevents+json",
        Map.of(
            "specversion",
            "1.0",
            "id",
            "event-" + version,
            "source",
            "/ci/pipeline",
            "type",
            type,
            "data",
            Map.of("context", context, "subject", subject)),
        token);
  }

  private Answer order(String path, String type, Object body, String token)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", type)
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
