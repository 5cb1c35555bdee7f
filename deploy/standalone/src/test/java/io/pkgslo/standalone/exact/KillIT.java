// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.model.Topics;
import io.pkgslo.standalone.recording.RecordingMetadata;
import io.pkgslo.standalone.recording.ReplayState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at bad moments costs nothing and doubles nothing. */
class KillIT {
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long SETTLED_MILLIS = 15_000;
  private static final long COMMITTED_MILLIS = 3_000;

  /** What the demo says between its replay and its services. */
  private static final String REPLAYED = "starting the services";

  @TempDir Path directory;

  @Test
  void killedWhileReplaying_whileCounting_andAfterwards_showsTheSameTotals() throws Exception {
    Totals expected = OfflineCounter.count(Recordings.FAULTY, Shape.PROTO);

    try (Standalone standalone = demo()) {
      until(standalone, () -> standalone.hasSaid("replayed 40 %"));
      standalone.killWithBroker();
      assertThat(standalone.hasSaid(REPLAYED)).as("killed while replaying").isFalse();
    }
    try (Standalone standalone = demo()) {
      until(standalone, () -> calls(standalone) > 0);
      standalone.kill();
    }
    try (Standalone standalone = demo()) {
      assertThat(completeTotals(standalone).differencesFrom(expected)).isEmpty();
      Accounts.awaitBalance("standalone", standalone::scrape);
      standalone.kill();
    }
    try (Standalone standalone = demo()) {
      assertThat(completeTotals(standalone).differencesFrom(expected)).isEmpty();
      Accounts.awaitBalance("standalone", standalone::scrape);
    }
  }

  private Standalone demo() throws IOException {
    return Standalone.demo(directory, Recordings.FAULTY);
  }

  /** Totals when everything that was replayed by now is counted. */
  private Totals completeTotals(Standalone standalone) throws Exception {
    until(standalone, () -> standalone.hasSaid(REPLAYED));
    // Only input that is worked off to its end lets the watermark pass the present.
    long replayedMillis = Clock.systemUTC().millis();
    RecordingMetadata metadata = Recordings.metadata(Recordings.FAULTY);
    long shiftMillis = new ReplayState(directory).shiftFor(metadata, Clock.systemUTC()).millis();
    long throughMillis =
        Math.max(replayedMillis, metadata.endMillis() + shiftMillis + SETTLED_MILLIS);
    untilComplete(standalone, throughMillis, metadata.records());
    // As in RunningServices: what was worked off when the watermark passed is committed by then.
    Exposition passed = standalone.scrape();
    assertThat(passed).isNotNull();
    untilComplete(standalone, passed.furthestMillis() + COMMITTED_MILLIS, metadata.records());
    Exposition scrape = standalone.scrape();
    assertThat(scrape).isNotNull();
    return scrape.totals();
  }

  private static void untilComplete(Standalone standalone, long throughMillis, long records) {
    until(
        standalone,
        () -> {
          Exposition scrape = standalone.scrape();
          return scrape != null
              && scrape.isCompleteThrough(throughMillis, PARTITIONS)
              && recordsReceived(scrape) >= records;
        });
  }

  /** Of ingest, since this process started: each run replays all of the recording. */
  private static double recordsReceived(Exposition scrape) {
    return Topics.otlp().stream()
        .flatMap(topic -> scrape.samples("pkgslo_records_received_total", "topic", topic).stream())
        .mapToDouble(Exposition.Sample::value)
        .sum();
  }

  private static double calls(Standalone standalone) throws InterruptedException {
    Exposition scrape = standalone.scrape();
    return scrape == null ? 0 : scrape.totals().get(Measure.CALLS);
  }

  private static void until(Standalone standalone, Callable<Boolean> condition) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .failFast(
            () ->
                assertThat(standalone.isAlive())
                    .withFailMessage(() -> "it ended:\n" + standalone.output())
                    .isTrue())
        .until(condition);
  }
}
