// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.analyzer.correlate.TestSpans.Span;
import io.pkgslo.analyzer.correlate.TraceLedger.Item;
import io.pkgslo.analyzer.correlate.TraceLedger.Log;
import io.pkgslo.analyzer.correlate.TraceLedger.Report;
import io.pkgslo.model.AttributionSource;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Random traces, and random ways in which their blocks may arrive: relatives within the settle
 * delay of each other, duplicates later, any grouping, several source partitions of which one may
 * lag.
 */
final class RandomTraces {
  private static final long SETTLE_MILLIS = 10_000;
  private static final List<String> MESSAGES = List.of("boom", "bang");

  /** An item with its place in the source: a span or a log. */
  private record Arrival(long appendMillis, int partition, Object item) {}

  final List<Item> items = new ArrayList<>();
  final List<Log> logs = new ArrayList<>();
  private final List<Arrival> arrivals = new ArrayList<>();
  private final Random random;
  private final int partitions;
  private final long spreadMillis;
  private long ids;

  RandomTraces(Random random, int partitions, int traces, long durationMillis) {
    this.random = random;
    this.partitions = partitions;
    this.spreadMillis = SETTLE_MILLIS;
    for (int trace = 1; trace <= traces; trace++) {
      trace(trace, random.nextLong(durationMillis));
    }
  }

  private void trace(long trace, long startMillis) {
    int size = 1 + random.nextInt(12);
    List<Item> ofTrace = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Span parent = i == 0 ? null : ofTrace.get(random.nextInt(i)).span();
      ofTrace.add(item(trace, parent, startMillis));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      panic(ofTrace, ofTrace.get(random.nextInt(size)), startMillis);
    }
    for (Item item : ofTrace) {
      // Some spans never come.
      if (random.nextInt(12) > 0) {
        items.add(item);
        arrive(startMillis, item);
      }
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      Log log = log(trace, ofTrace);
      logs.add(log);
      arrive(startMillis, log);
    }
  }

  private Item item(long trace, Span parent, long startMillis) {
    Span span = span(trace, parent, startMillis);
    return new Item(span, new ArrayList<>(), random.nextInt(3) == 0, random.nextInt(8) == 0);
  }

  private Span span(long trace, Span parent, long startMillis) {
    Origin origin =
        parent != null && random.nextInt(3) > 0
            ? parent.origin()
            : TestSpans.origin("s" + random.nextInt(3), "p" + random.nextInt(4));
    return new Span(
        trace,
        ++ids,
        parent == null ? 0 : parent.id(),
        origin,
        random.nextBoolean() ? "pkg/" + random.nextInt(4) : "",
        random.nextInt(6),
        startMillis + random.nextInt(4));
  }

  /** A panic that goes up from a span, with gaps that may be too long for a copy. */
  private void panic(List<Item> ofTrace, Item origin, long startMillis) {
    String message = MESSAGES.get(random.nextInt(2));
    long millis = startMillis + random.nextInt(20);
    Item at = origin;
    while (at != null) {
      if (random.nextInt(4) > 0) {
        String type = random.nextInt(3) == 0 ? "" : "*errors.errorString";
        at.reports().add(new Report(++ids, millis, type, message));
      }
      millis += random.nextInt(40);
      long parent = at.span().parent();
      at =
          random.nextInt(8) == 0
              ? null
              : ofTrace.stream().filter(i -> i.span().id() == parent).findFirst().orElse(null);
    }
  }

  private Log log(long trace, List<Item> ofTrace) {
    Span span = ofTrace.get(random.nextInt(ofTrace.size())).span();
    return new Log(
        ++ids,
        trace,
        random.nextInt(6) == 0 ? 0 : span.id(),
        span.origin().getService(),
        random.nextInt(3) == 0 ? "log/pkg" : "");
  }

  private void arrive(long startMillis, Object item) {
    long append = startMillis + random.nextLong(spreadMillis);
    arrivals.add(new Arrival(append, random.nextInt(partitions), item));
    for (int copies = random.nextInt(6) - 3; copies > 0; copies--) {
      long again = append + random.nextLong(300_000);
      arrivals.add(new Arrival(again, random.nextInt(partitions), item));
    }
  }

  /** The blocks in an order in which one task may read them; the last one settles everything. */
  List<Object> blocks(boolean lagging) {
    List<List<Arrival>> sources = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      int source = partition;
      sources.add(
          new ArrayList<>(
              arrivals.stream()
                  .filter(arrival -> arrival.partition() == source)
                  .sorted(Comparator.comparingLong(Arrival::appendMillis))
                  .toList()));
    }
    List<Object> blocks = new ArrayList<>();
    while (sources.stream().anyMatch(source -> !source.isEmpty())) {
      int partition = random.nextInt(partitions);
      boolean othersLeft = sources.subList(1, partitions).stream().anyMatch(s -> !s.isEmpty());
      boolean waits = lagging && partition == 0 && othersLeft && random.nextInt(20) > 0;
      if (!sources.get(partition).isEmpty() && !waits) {
        take(sources.get(partition), partition, blocks);
      }
    }
    for (int partition = 0; partition < partitions; partition++) {
      blocks.add(SpanBlock.newBuilder().addAllProgress(progress(partition, 100_000_000)).build());
    }
    return blocks;
  }

  private void take(List<Arrival> source, int partition, List<Object> blocks) {
    int size = Math.min(source.size(), 1 + random.nextInt(20));
    List<Arrival> batch = source.subList(0, size);
    long appended = batch.get(size - 1).appendMillis();
    TestSpans.Block spans = new TestSpans.Block(appended);
    for (Arrival arrival : batch) {
      if (arrival.item() instanceof Item item) {
        AttributionSource decider =
            item.hint() ? AttributionSource.EXCEPTION : AttributionSource.CODE;
        spans.span(item.span(), item.flags(), decider);
        // Some call, or answer to, one of a few names.
        long name = item.span().id() % 6;
        spans.peer(name < 4 ? "host:h" + name : "");
        item.reports()
            .forEach(
                r ->
                    spans.panic(
                        TestSpans.panic(r.identity(), r.timeMillis(), r.type(), r.message())));
      } else if (arrival.item() instanceof Log log) {
        blocks.add(log(appended, log));
      }
    }
    blocks.add(spans.progress(progress(partition, appended)).build());
    batch.clear();
  }

  private LogBlock log(long appended, Log log) {
    Origin origin = TestSpans.origin(log.service(), "log");
    return TestSpans.log(
        appended, log.identity(), log.trace(), log.span(), origin, log.goPackage());
  }

  private List<Progress> progress(int partition, long millis) {
    return List.of(
        TestSpans.progress(Topics.OTLP_SPANS, partition, partitions, millis),
        TestSpans.progress(Topics.OTLP_LOGS, partition, partitions, millis));
  }
}
