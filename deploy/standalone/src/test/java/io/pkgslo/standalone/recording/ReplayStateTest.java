// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayStateTest {
  @TempDir Path dir;

  @Test
  void firstShift_isWholeMinutesAndEndsShortlyBeforeNow() throws IOException {
    long end = Instant.parse("2026-01-01T12:00:30Z").toEpochMilli();
    for (int second = 0; second < 60; second++) {
      Clock clock = at(Instant.parse("2026-03-05T08:09:00Z").plusSeconds(second));
      TimeShift shift = new ReplayState(dir).shiftFor(recording("at-" + second, end), clock);

      assertThat(shift.millis() % 60_000).isZero();
      // 12:00:30 lies in the look that ends at 12:01:00.
      assertThat(clock.millis() - (end + 30_000 + shift.millis())).isBetween(15_000L, 75_000L);
    }
  }

  /** After a kill the records of the second replay must be duplicates of those of the first. */
  @Test
  void secondShift_isTheFirst_thoughTimeWentOn() throws IOException {
    RecordingMetadata recording = recording("rollout", 1_000_000);
    TimeShift first =
        new ReplayState(dir).shiftFor(recording, at(Instant.parse("2026-03-05T08:09:00Z")));
    TimeShift second =
        new ReplayState(dir).shiftFor(recording, at(Instant.parse("2026-03-09T10:00:00Z")));

    assertThat(second).isEqualTo(first);
  }

  @Test
  void recordings_haveTheirOwnShifts() throws IOException {
    Clock clock = at(Instant.parse("2026-03-05T08:09:00Z"));
    ReplayState state = new ReplayState(dir);
    assertThat(state.shiftFor(recording("a", 60_000_000), clock))
        .isNotEqualTo(state.shiftFor(recording("b", 120_000_000), clock));
  }

  @Test
  void damagedFile_namesFileAndKey() throws IOException {
    Files.writeString(dir.resolve("replay.properties"), "shift.millis.a=soon\n");
    assertThatThrownBy(() -> new ReplayState(dir).shiftFor(recording("a", 1), Clock.systemUTC()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("replay.properties")
        .hasMessageContaining("shift.millis.a");
  }

  private static RecordingMetadata recording(String name, long endMillis) {
    return new RecordingMetadata(name, "", 0, endMillis, List.of(), 0, null);
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }
}
