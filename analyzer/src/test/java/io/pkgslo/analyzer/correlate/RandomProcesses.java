// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static io.pkgslo.analyzer.correlate.TestProcesses.report;

import io.pkgslo.analyzer.correlate.TestProcesses.Block;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicBlock;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.PanicReport.Source;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Processes that start, panic and log at random, what that must count to, and random ways in which
 * its facts may arrive: relatives within the settle delay of each other, duplicates later, any
 * grouping, several source partitions of which one may lag.
 */
final class RandomProcesses {
  private static final long SETTLE_MILLIS = 10_000;
  private static final int SOURCES = 3;
  private static final long END_MILLIS = 100_000_000;

  /** A fact with its place in a source; reports of spans come by another topic. */
  private record Arrival(long appendMillis, int source, Consumer<Block> fact, PanicReport span) {}

  private final List<Arrival> arrivals = new ArrayList<>();
  private final Map<String, Long> totals = new TreeMap<>();

  /** Start of the last episode by process and fault, in order of time. */
  private final Map<String, Double> episodes = new TreeMap<>();

  private final Random random;
  private final int maxDuplicateMillis;
  private long ids;

  /**
   * @param maxDuplicateMillis how much later than the original a duplicate may come
   */
  RandomProcesses(Random random, int processes, int maxDuplicateMillis) {
    this.random = random;
    this.maxDuplicateMillis = maxDuplicateMillis;
    for (int i = 0; i < processes; i++) {
      process(i);
    }
  }

  /** What must come out, with the number of it. */
  Map<String, Long> totals() {
    return totals;
  }

  private void process(int number) {
    Origin sdk = TestSpans.origin("s" + number % 3, "pod:" + number + "/c");
    Origin shipper = Origin.newBuilder().setProcess("pod:" + number + "/c").build();
    Origin named = random.nextBoolean() ? sdk : shipper;
    double startMillis = random.nextInt(20_000);
    arrive(startMillis, block -> block.alias(sdk));
    inits(sdk, named, startMillis);
    // Panics of one value are further apart than reports of one may be; different ones are not.
    for (double millis = startMillis + 5_000; millis < 200_000; ) {
      for (int value = 0; value < 3; value++) {
        if (random.nextInt(3) > 0) {
          panic(sdk, named, value, millis + 20 * value);
          log(sdk, named, millis);
        }
      }
      millis += 7_000 + random.nextInt(20_000);
    }
    if (random.nextBoolean()) {
      inits(sdk, named, 230_000);
    }
    for (int i = random.nextInt(8); i > 0; i--) {
      audit(sdk, startMillis + random.nextInt(200_000));
    }
  }

  private void inits(Origin sdk, Origin shipper, double startMillis) {
    double at = 0.01 + random.nextInt(5);
    init(shipper, startMillis, "runtime", at);
    count("init " + sdk.getService() + " std");
    for (int i = 0; i < 5; i++) {
      at += 1 + random.nextInt(5);
      String goPackage = "a.io/pkg" + i;
      boolean line = random.nextInt(4) > 0;
      if (line) {
        init(shipper, startMillis, goPackage, at);
      }
      if (!line || random.nextInt(3) == 0) {
        long identity = ++ids;
        double millis = startMillis + at + 1;
        arrive(startMillis, block -> block.init(sdk, identity, millis, goPackage));
      }
      count("init " + sdk.getService() + " " + goPackage);
    }
  }

  private void init(Origin shipper, double startMillis, String goPackage, double at) {
    String text = "init %s @%.2f ms, 1.0 ms clock, 0 bytes, 0 allocs".formatted(goPackage, at);
    line(shipper, startMillis, startMillis + at + 1, text);
  }

  private void panic(Origin sdk, Origin shipper, int value, double millis) {
    String message = "boom " + (char) ('a' + value);
    boolean span = random.nextInt(3) > 0;
    boolean log = random.nextInt(3) > 0;
    // Two crashes never mix their lines: a process crashes once.
    boolean stderr = value == 0 && (random.nextBoolean() || !(span || log));
    if (!(span || log || stderr)) {
      return;
    }
    PanicReport.Builder ofSpan =
        report(Source.SPAN, sdk, millis, message)
            .setPackage("span/p")
            .setWeight(3 << 20)
            .setIdentityHigh(++ids);
    PanicReport.Builder ofLog =
        report(Source.LOG, sdk, millis + 1 + random.nextInt(1_500), message).setIdentityHigh(++ids);
    if (random.nextBoolean()) {
      ofSpan.setTraceId(TestProcesses.trace(1, ++ids));
      ofLog.setTraceId(TestProcesses.trace(random.nextInt(2), ids));
    }
    if (span) {
      int source = random.nextInt(SOURCES);
      arrivals.add(new Arrival(append(millis), source, block -> {}, ofSpan.build()));
    }
    if (log) {
      arrive(millis, block -> block.panic(ofLog.build()));
    }
    if (stderr) {
      crash(shipper, millis + 2, message);
    }
    String goPackage = stderr ? "blamed/p" : span ? "span/p" : "(unattributed)";
    double eventMillis =
        span ? millis : log ? (ofLog.getTimeEpochNanos() - TestSpans.T0_NANOS) / 1e6 : millis + 2;
    ledger(sdk, goPackage, message, eventMillis, span ? 3 : 1);
  }

  private void ledger(
      Origin sdk, String goPackage, String message, double eventMillis, long weight) {
    count("panic " + sdk.getService() + " " + goPackage + " weight " + weight);
    String fault = sdk.getProcess() + goPackage + message;
    Double last = episodes.get(fault);
    if (last == null || eventMillis >= last + 60_000) {
      episodes.put(fault, eventMillis);
      count("episode " + sdk.getService() + " " + goPackage);
    }
  }

  private void crash(Origin shipper, double millis, String message) {
    String[] lines = {
      "panic: " + message,
      "goroutine 18 [running]:",
      "blamed/p.Charge(0x0?)",
      "\t/src/m/p/b.go:7 +0x25",
      "main.main()",
      "\t/src/m/cmd/shop/main.go:13 +0x25"
    };
    if (random.nextBoolean()) {
      lines[4] = "main.init.0()";
    }
    for (int i = 0; i < lines.length; i++) {
      line(shipper, millis, millis + i * 0.01, lines[i]);
    }
  }

  private void line(Origin shipper, double eventMillis, double millis, String text) {
    long identity = ++ids;
    arrive(eventMillis, block -> block.line(shipper, identity, millis, text));
  }

  private void log(Origin sdk, Origin shipper, double millis) {
    long identity = ++ids;
    Origin origin = random.nextBoolean() ? sdk : shipper;
    arrive(millis, block -> block.log(origin, identity, "l", 9));
    count("log " + sdk.getService() + " l");
  }

  /** A request of an API server: some end, some are known to a span, and each is one event. */
  private void audit(Origin sdk, double millis) {
    long request = ++ids;
    boolean ends = random.nextInt(4) > 0;
    for (int early = ends ? random.nextInt(3) : 1 + random.nextInt(2); early > 0; early--) {
      long identity = ++ids;
      arrive(millis, block -> block.audit(sdk, identity, request, true, 9));
    }
    if (ends) {
      long identity = ++ids;
      arrive(millis, block -> block.audit(sdk, identity, request, false, 17));
    }
    boolean traced = ends && random.nextBoolean();
    if (traced) {
      arrive(millis, block -> block.request(sdk, request, request, 1));
    }
    count(traced ? "joined log" : "log " + sdk.getService() + " (unattributed)");
  }

  private void count(String what) {
    totals.merge(what, 1L, Long::sum);
  }

  private long append(double millis) {
    return (long) millis + random.nextLong(SETTLE_MILLIS - 1_600);
  }

  private void arrive(double millis, Consumer<Block> fact) {
    long append = append(millis);
    arrivals.add(new Arrival(append, random.nextInt(SOURCES), fact, null));
    for (int copies = random.nextInt(5) - 2; copies > 0; copies--) {
      long again = append + random.nextInt(maxDuplicateMillis);
      arrivals.add(new Arrival(again, random.nextInt(SOURCES), fact, null));
    }
  }

  /** The blocks in an order in which one task may read them; the last ones settle everything. */
  List<Object> blocks(boolean lagging) {
    List<List<Arrival>> sources = new ArrayList<>();
    for (int i = 0; i < SOURCES; i++) {
      int source = i;
      sources.add(
          new ArrayList<>(
              arrivals.stream()
                  .filter(arrival -> arrival.source() == source)
                  .sorted(Comparator.comparingLong(Arrival::appendMillis))
                  .toList()));
    }
    List<Object> blocks = new ArrayList<>();
    while (sources.stream().anyMatch(source -> !source.isEmpty())) {
      int source = random.nextInt(SOURCES);
      boolean waits = lagging && source == 0 && random.nextInt(20) > 0;
      if (!sources.get(source).isEmpty() && (!waits || sources.get(1).isEmpty())) {
        take(sources.get(source), source, blocks);
      }
    }
    for (int source = 0; source < SOURCES; source++) {
      blocks.add(ProcessBlock.newBuilder().addAllProgress(progress(source, END_MILLIS)).build());
    }
    return blocks;
  }

  private void take(List<Arrival> source, int number, List<Object> blocks) {
    int size = Math.min(source.size(), 1 + random.nextInt(12));
    List<Arrival> batch = source.subList(0, size);
    long appended = batch.get(size - 1).appendMillis();
    Block facts = new Block(appended);
    PanicBlock.Builder spans = PanicBlock.newBuilder();
    for (Arrival arrival : batch) {
      arrival.fact().accept(facts);
      if (arrival.span() != null) {
        spans.addPanic(
            arrival.span().toBuilder()
                .setAppendedMillis(TestSpans.T0_MILLIS + arrival.appendMillis()));
      }
    }
    blocks.add(spans.build());
    blocks.add(facts.progress(progress(number, appended)).build());
    batch.clear();
  }

  private static List<Progress> progress(int source, long millis) {
    List<Progress> progress = new ArrayList<>();
    for (String topic :
        List.of(Topics.OTLP_SPANS, Topics.OTLP_LOGS, Topics.OTLP_METRICS, Topics.SPANS)) {
      progress.add(TestSpans.progress(topic, source, SOURCES, millis));
    }
    return progress;
  }
}
