// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CDEvents about services as deploy markers (reference: rollback-contracts.md, CDEvents), of every
 * version of the specification that has the same fields. An event names an artifact, a package URL,
 * and no version: the tag is it, else what stands behind the {@code @} if that is no digest.
 */
public final class CdEvents {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern TYPE =
      Pattern.compile("dev\\.cdevents\\.service\\.([a-z]+)\\.\\d+\\.\\d+\\.\\d+.*");
  private static final Pattern TAG = Pattern.compile("[?&]tag=([^&#]+)");
  private static final Pattern VERSION = Pattern.compile("@([^?#]+)");
  private static final Pattern DIGEST = Pattern.compile("sha(256|512):[0-9a-f]{32,128}");

  private CdEvents() {}

  /**
   * An event, understood.
   *
   * @param deployment absent for an event that says nothing about a canary
   * @param source who says it; absent if the event does not
   * @param reason in words: what it is, or why it is no marker
   */
  public record Event(
      String id, Order.@Nullable Deployment deployment, @Nullable String source, String reason) {}

  /**
   * Reads an event.
   *
   * @param body the CDEvent, or a CloudEvent that holds it as {@code data}
   * @param type of the CloudEvent in binary mode; absent in structured mode
   * @param id likewise
   * @throws IllegalArgumentException when it is no CDEvent about a service, with what was expected
   */
  public static Event parse(byte[] body, @Nullable String type, @Nullable String id) {
    JsonNode json = read(body);
    JsonNode data = json.has("specversion") ? json.path("data") : json;
    String eventType = first(type, text(json, "type"), text(data.path("context"), "type"));
    Matcher matcher = TYPE.matcher(eventType == null ? "" : eventType);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected a CDEvent of type dev.cdevents.service..., found " + eventType);
    }
    String eventId = first(id, text(json, "id"), text(data.path("context"), "id"));
    if (eventId == null) {
      throw new IllegalArgumentException("the event has no id");
    }
    String source = first(text(data.path("context"), "source"), text(json, "source"));
    String reason = "CDEvent service." + matcher.group(1);
    return switch (matcher.group(1)) {
      case "deployed", "upgraded", "published" ->
          new Event(eventId, deployment(data, false), source, reason);
      case "removed" -> new Event(eventId, deployment(data, true), source, reason);
      default ->
          new Event(
              eventId, null, source, reason + " comes after the fact and says nothing of a canary");
    };
  }

  private static JsonNode read(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("expected a JSON object, and this is no JSON", e);
    }
    throw new IllegalArgumentException("expected a JSON object");
  }

  private static Order.Deployment deployment(JsonNode data, boolean ends) {
    JsonNode subject = data.path("subject");
    JsonNode custom = data.path("customData");
    String service = first(text(custom, "service"), text(subject, "id"));
    if (service == null) {
      throw new IllegalArgumentException("subject.id: expected the name of the service");
    }
    String artifact = text(subject.path("content"), "artifactId");
    String behind = artifact == null ? null : find(VERSION, artifact);
    String digest = behind != null && isDigest(behind) ? behind.toLowerCase(Locale.ROOT) : null;
    String version =
        first(
            text(custom, "version"),
            artifact == null ? null : find(TAG, artifact),
            digest == null ? behind : null);
    if (version == null && digest == null) {
      throw new IllegalArgumentException(
          "subject.content.artifactId: expected a package URL with a tag, version or digest");
    }
    ArmSelector canary =
        version == null
            ? new ArmSelector(null, null, null, digest)
            : ArmSelector.ofVersion(version);
    JsonNode weight = custom.path("weight");
    Marker marker =
        new Marker(
            weight.isNumber() ? Double.valueOf(weight.asDouble()) : null,
            List.of(),
            custom.path("schemaMigration").asBoolean(false),
            custom.path("fix").asBoolean(false),
            digest,
            text(data.path("context"), "chainId"),
            null);
    return new Order.Deployment(service, ends, canary, null, marker);
  }

  private static boolean isDigest(String text) {
    return DIGEST.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }

  private static @Nullable String find(Pattern pattern, String artifact) {
    Matcher matcher = pattern.matcher(artifact);
    return matcher.find() ? URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8) : null;
  }

  private static @Nullable String first(@Nullable String... values) {
    for (String value : values) {
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isTextual() && !value.asText().isBlank() ? value.asText().strip() : null;
  }
}
