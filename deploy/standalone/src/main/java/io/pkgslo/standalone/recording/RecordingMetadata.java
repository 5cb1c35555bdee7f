// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a recording says about itself.
 *
 * @param name short and stable, e.g. {@code rollout}; replays remember their shift under it
 * @param description one sentence for people
 * @param startMillis event time at which the recording starts, Unix milliseconds
 * @param endMillis event time at which it ends, Unix milliseconds, not before the start
 * @param topics topics in the order of the entries' indexes
 * @param records number of entries
 * @param expected what a judge should make of it; null if nobody has said so
 */
public record RecordingMetadata(
    String name,
    String description,
    long startMillis,
    long endMillis,
    List<RecordedTopic> topics,
    long records,
    @Nullable Expected expected) {

  public RecordingMetadata {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name is empty");
    }
    if (startMillis < 0 || endMillis < startMillis) {
      throw new IllegalArgumentException("times " + startMillis + " to " + endMillis);
    }
    if (records < 0) {
      throw new IllegalArgumentException(records + " records");
    }
    topics = List.copyOf(topics);
  }

  /**
   * A topic as it was.
   *
   * @param partitions number of partitions, at least 1
   */
  public record RecordedTopic(String name, int partitions) {
    public RecordedTopic {
      if (name.isBlank() || partitions < 1) {
        throw new IllegalArgumentException(
            "topic '" + name + "' with " + partitions + " partitions");
      }
    }
  }

  /**
   * The verdict that the recorded rollout deserves.
   *
   * @param verdict {@code promote}, {@code hold}, {@code rollback}, or another word for several
   *     acceptable ones, e.g. {@code not-rollback}
   * @param packageName the package to blame; null where nothing is to blame
   */
  public record Expected(
      String verdict,
      String service,
      String version,
      String baseline,
      @Nullable String packageName) {}

  /** The same with another count. */
  RecordingMetadata withRecords(long count) {
    return new RecordingMetadata(
        name, description, startMillis, endMillis, topics, count, expected);
  }

  /** One line of JSON without its end. */
  String toJson() {
    JsonArray topicArray = new JsonArray();
    topics.forEach(
        t ->
            topicArray.add(
                new JsonObject().put("name", t.name()).put("partitions", t.partitions())));
    JsonObject json =
        new JsonObject()
            .put("name", name)
            .put("description", description)
            .put("startMillis", startMillis)
            .put("endMillis", endMillis)
            .put("topics", topicArray)
            .put("records", records);
    if (expected != null) {
      json.put(
          "expected",
          new JsonObject()
              .put("verdict", expected.verdict())
              .put("service", expected.service())
              .put("version", expected.version())
              .put("baseline", expected.baseline())
              .put("package", expected.packageName()));
    }
    return json.encode();
  }

  static RecordingMetadata fromJson(String line) throws RecordingFormatException {
    try {
      JsonObject json = new JsonObject(line);
      List<RecordedTopic> topics = new ArrayList<>();
      for (Object topic : json.getJsonArray("topics", new JsonArray())) {
        JsonObject fields = (JsonObject) topic;
        topics.add(
            new RecordedTopic(text(fields, "name"), Math.toIntExact(number(fields, "partitions"))));
      }
      JsonObject expected = json.getJsonObject("expected");
      return new RecordingMetadata(
          text(json, "name"),
          json.getString("description", ""),
          number(json, "startMillis"),
          number(json, "endMillis"),
          topics,
          number(json, "records"),
          expected == null ? null : expected(expected));
    } catch (DecodeException
        | ClassCastException
        | ArithmeticException
        | IllegalArgumentException e) {
      throw new RecordingFormatException("line 2, metadata: " + e.getMessage(), e);
    }
  }

  private static Expected expected(JsonObject json) {
    return new Expected(
        text(json, "verdict"),
        json.getString("service", ""),
        json.getString("version", ""),
        json.getString("baseline", ""),
        json.getString("package"));
  }

  private static String text(JsonObject json, String key) {
    String value = json.getString(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return value;
  }

  private static long number(JsonObject json, String key) {
    Long value = json.getLong(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return value;
  }
}
