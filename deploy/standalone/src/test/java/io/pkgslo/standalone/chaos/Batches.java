// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.pkgslo.model.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Items into messages, grouped differently at every call, as Collectors do. */
final class Batches {
  private static final int LARGEST = 60;

  private final Random random;

  Batches(Random random) {
    this.random = random;
  }

  /** A value of one record. */
  record Message(String topic, byte[] value) {}

  /** Every item in exactly one message. */
  List<Message> of(List<Item> items) {
    List<Item> mixed = new ArrayList<>(items);
    Collections.shuffle(mixed, random);
    List<Item> spans = mixed.stream().filter(item -> item instanceof Item.OfSpan).toList();
    List<Item> logs = mixed.stream().filter(item -> item instanceof Item.OfLog).toList();
    List<Message> messages = new ArrayList<>();
    chunks(spans).forEach(c -> messages.add(new Message(Topics.OTLP_SPANS, traces(c))));
    chunks(logs).forEach(c -> messages.add(new Message(Topics.OTLP_LOGS, logs(c))));
    Collections.shuffle(messages, random);
    return messages;
  }

  private List<List<Item>> chunks(List<Item> items) {
    List<List<Item>> chunks = new ArrayList<>();
    for (int from = 0; from < items.size(); ) {
      int to = Math.min(items.size(), from + 1 + random.nextInt(LARGEST));
      chunks.add(items.subList(from, to));
      from = to;
    }
    return chunks;
  }

  private static Map<Resource, Map<String, List<Item>>> grouped(List<Item> items) {
    Map<Resource, Map<String, List<Item>>> grouped = new LinkedHashMap<>();
    for (Item item : items) {
      grouped
          .computeIfAbsent(item.resource(), r -> new LinkedHashMap<>())
          .computeIfAbsent(item.scope(), s -> new ArrayList<>())
          .add(item);
    }
    return grouped;
  }

  private static byte[] traces(List<Item> items) {
    TracesData.Builder data = TracesData.newBuilder();
    grouped(items)
        .forEach(
            (resource, scopes) -> {
              ResourceSpans.Builder spans = data.addResourceSpansBuilder().setResource(resource);
              scopes.forEach(
                  (scope, ofScope) ->
                      spans.addScopeSpans(
                          ScopeSpans.newBuilder()
                              .setScope(InstrumentationScope.newBuilder().setName(scope))
                              .addAllSpans(ofScope.stream().map(Batches::span).toList())));
            });
    return data.build().toByteArray();
  }

  private static byte[] logs(List<Item> items) {
    LogsData.Builder data = LogsData.newBuilder();
    grouped(items)
        .forEach(
            (resource, scopes) -> {
              ResourceLogs.Builder logs = data.addResourceLogsBuilder().setResource(resource);
              scopes.forEach(
                  (scope, ofScope) ->
                      logs.addScopeLogs(
                          ScopeLogs.newBuilder()
                              .setScope(InstrumentationScope.newBuilder().setName(scope))
                              .addAllLogRecords(ofScope.stream().map(Batches::log).toList())));
            });
    return data.build().toByteArray();
  }

  private static Span span(Item item) {
    return item instanceof Item.OfSpan span ? span.span() : Span.getDefaultInstance();
  }

  private static LogRecord log(Item item) {
    return item instanceof Item.OfLog log ? log.log() : LogRecord.getDefaultInstance();
  }
}
