// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.export.CommittedSubjects;
import io.pkgslo.analyzer.export.SubjectCollector;
import io.pkgslo.analyzer.window.BucketWidth;
import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.model.DurationBuckets;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.LogLinear;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.platform.MetricsQuery;
import io.pkgslo.platform.MetricsText;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A restart with many subjects, from RocksDB to the end of the first correct scrape, and scrapes.
 * Prints what it measures; how to run it is in docs/operations.md.
 *
 * <p>One subject in a hundred is active in every bucket of 30 d, the others in at most 100 of them,
 * and budgets are over 30 d.
 */
@Tag("long")
@EnabledIfSystemProperty(named = "pkgslo.test.subjects", matches = "\\d+")
class ScaleTest {
  private static final int PARTITIONS = 4;
  private static final int SUBJECTS = Integer.getInteger("pkgslo.test.subjects", 0);
  private static final int ACTIVE_EACH = 100;

  /** 2026-11-20T12:00:00Z. */
  private static final long NOON = 1_795_176_000_000L;

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 3_600_000;
  private static final long DAY = 86_400_000;

  private final ObjectiveSet objectives =
      ObjectiveSet.EMPTY
          .with(thirtyDays("init-latency", Objective.Sli.INIT_LATENCY, "0.95", 120_000_000))
          .with(thirtyDays("panic-rate", Objective.Sli.PANIC_RATE, "0.99997", 0))
          .with(thirtyDays("availability", Objective.Sli.AVAILABILITY, "0.999", 0));
  private final List<CallCount> calls = calls();
  private long expectedCalls;

  private static ObjectiveVersion thirtyDays(
      String id, Objective.Sli sli, String target, long thresholdNanos) {
    return ObjectiveVersion.of(
        TestObjectives.wire(id, sli, target, thresholdNanos, 0).toBuilder()
            .setPeriodSeconds(30 * 86_400)
            .build());
  }

  private static StageSettings settings(int partition) {
    return new StageSettings(
        partition,
        10_000,
        93 * DAY,
        HOUR,
        10_000,
        SubjectLimits.share(2 * SUBJECTS, 2 * SUBJECTS, PARTITIONS));
  }

  @Test
  void restart_andScrapes_staySmall(@TempDir Path directory) throws IOException {
    List<RocksMap> maps = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      try (RocksMap map = new RocksMap(directory.resolve("p" + partition))) {
        fill(map, partition);
      }
    }
    long cpuBegin = cpuNanos();
    long begin = System.nanoTime();
    CommittedSubjects committed = new CommittedSubjects();
    List<SliStage> stages = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      RocksMap map = new RocksMap(directory.resolve("p" + partition));
      maps.add(map);
      SliStage stage =
          new SliStage(settings(partition), map, objectives, (reason, items, who) -> {});
      stages.add(stage);
      CommittedSubjects.Partition shown = new CommittedSubjects.Partition();
      shown.publish(stage.takeUnexported(), stage.watermarkMillis());
      committed.show(partition, shown);
    }
    double restored = secondsSince(begin);
    SubjectCollector collector = new SubjectCollector(committed, () -> objectives);
    Counting first = scrape(collector, MetricsQuery.EVERYTHING);
    double scraped = secondsSince(begin);
    System.out.printf(
        "restart with %d subjects: %.1f s to the snapshots, %.1f s to the end of the first scrape,"
            + " %.1f s of processor time%n",
        SUBJECTS, restored, scraped, (cpuNanos() - cpuBegin) / 1e9);
    assertThat(stages.stream().mapToInt(SliStage::subjects).sum()).isEqualTo(SUBJECTS);
    assertThat(first.callsTotal).isEqualTo(expectedCalls);
    System.out.printf("heap in use after a collection: %d MB%n", usedHeapMegabytes());

    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      long cpuStart = cpuNanos();
      Counting all = scrape(collector, MetricsQuery.EVERYTHING);
      System.out.printf(
          "scrape: %d lines, %d MB in %.2f s, %.2f s of processor time%n",
          all.lines, all.chars >> 20, secondsSince(start), (cpuNanos() - cpuStart) / 1e9);
    }
    System.out.println("subjects held: " + stages.size() + " partitions");
    maps.forEach(RocksMap::close);
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static long usedHeapMegabytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory() >> 20;
  }

  private static Counting scrape(SubjectCollector collector, MetricsQuery query)
      throws IOException {
    Counting counting = new Counting();
    MetricsText text = new MetricsText(counting, TextFormat.CONTENT_TYPE_004);
    collector.write(query, text);
    text.flush();
    return counting;
  }

  /** Writes the records of one partition as a stage would have, subject by subject. */
  private void fill(RocksMap map, int partition) {
    SliStage stage = new SliStage(settings(partition), map, objectives, (r, n, who) -> {});
    stage.accept(
        io.pkgslo.model.wire.ObservationBlock.newBuilder().addAllProgress(progress(NOON)).build(),
        new TestStage.Ignoring());
    LedgerArchive archive = new LedgerArchive(map);
    Fold fold =
        new Fold(NOON, HOUR, List.of(), SubjectLimits.LABEL_SETS, (reason, items, who) -> {});
    Random random = new Random(partition);
    for (int i = 0; i < SUBJECTS / PARTITIONS; i++) {
      SubjectLedger ledger =
          new SubjectLedger(
              i + 1,
              new SubjectKey(
                  "shop/service-" + i % 50,
                  "v1." + i % 40,
                  "github.com/acme/shop/pkg/p" + partition + "-" + i));
      ledger.bind(objectives, NOON);
      ledger.advance(NOON);
      if (i % ACTIVE_EACH == 0) {
        addActive(ledger, fold);
      } else {
        for (int bucket = random.nextInt(100); bucket >= 0; bucket--) {
          add(ledger, NOON - 3 * DAY - random.nextInt(27 * 96) * 15 * MINUTE, fold);
        }
        // There is nothing in the others: windows of up to 3 d have passed it.
        ledger.changes.chunks.removeIf(chunk -> chunk.width() != BucketWidth.QUARTER_HOUR);
      }
      archive.store(ledger, 0);
    }
  }

  /** Something in every bucket of every width that is still kept. */
  private void addActive(SubjectLedger ledger, Fold fold) {
    ledger.arm("v1").seen("pod:1/app", NOON);
    for (long ago = 10 * SECOND; ago < HOUR; ago += 10 * SECOND) {
      add(ledger, NOON - ago, fold);
    }
    for (long ago = HOUR; ago < 6 * HOUR; ago += MINUTE) {
      add(ledger, NOON - ago, fold);
    }
    for (long ago = 6 * HOUR; ago < 3 * DAY; ago += 5 * MINUTE) {
      add(ledger, NOON - ago, fold);
    }
    for (long ago = 3 * DAY; ago < 30 * DAY; ago += 15 * MINUTE) {
      add(ledger, NOON - ago, fold);
    }
  }

  /** Of the silent subjects one in ten has errors. */
  private void add(SubjectLedger ledger, long epochMillis, Fold fold) {
    boolean errors = ledger.id % ACTIVE_EACH == 1 || ledger.id % 10 == 2;
    for (CallCount call : errors ? calls : calls.subList(0, 1)) {
      ledger.add(call, epochMillis, fold);
      expectedCalls += call.getCount();
    }
  }

  private static List<CallCount> calls() {
    List<CallCount> calls = new ArrayList<>();
    for (int status : new int[] {SpanTraits.STATUS_UNSET, SpanTraits.STATUS_ERROR}) {
      int count = status == SpanTraits.STATUS_ERROR ? 1 : 2_000;
      CallCount.Builder call =
          CallCount.newBuilder()
              .setKind(SpanTraits.KIND_SERVER)
              .setStatus(status)
              .setApi(true)
              .setCount(count)
              .setWeight(count * FixedPoint.ONE)
              .setDurationSumNanos(count * 3_000_000L)
              .setExampleTraceId(Observations.trace("t" + status))
              .setExampleDurationNanos(3_000_000);
      for (int bucket = 0; bucket < DurationBuckets.COUNT; bucket++) {
        call.addDurationCount(bucket == 2 ? count : 0);
      }
      for (int i = 0; i < 20; i++) {
        call.addSketchIndex(LogLinear.indexOf(2_000_000 + i * 100_000L)).addSketchCount(count / 20);
      }
      calls.add(call.build());
    }
    return calls;
  }

  private static List<Progress> progress(long millis) {
    return Observations.block().through(millis).build().getProgressList();
  }

  /** Throws the text away, but for what tells whether it is right. */
  private static final class Counting extends OutputStream {
    private static final String CALLS = "go_package_calls_total{";
    private final StringBuilder line = new StringBuilder();
    private long lines;
    private long chars;
    private long callsTotal;

    /** How many characters of a wanted line are there; -1 in any other line. */
    private int matched;

    @Override
    public void write(int value) {
      chars++;
      char c = (char) value;
      if (c == '\n') {
        lines++;
        if (line.length() > 0) {
          String sample = line.toString();
          callsTotal += (long) Double.parseDouble(sample.substring(sample.lastIndexOf(' ') + 1));
        }
        line.setLength(0);
        matched = 0;
      } else if (matched == CALLS.length()) {
        line.append(c);
      } else if (matched >= 0) {
        matched = CALLS.charAt(matched) == c ? matched + 1 : -1;
      }
    }
  }
}
