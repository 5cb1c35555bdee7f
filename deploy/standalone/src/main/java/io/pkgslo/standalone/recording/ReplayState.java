// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;

/**
 * By how much a recording was shifted when a data directory first saw it, in {@code
 * replay.properties}. A second replay into the same directory uses the same shift: its records are
 * then duplicates of the first, and are absorbed as such.
 */
public final class ReplayState {
  static final String FILE = "replay.properties";

  /** The distance that the end of a fresh replay keeps from the present, at least. */
  private static final Duration END_BEFORE_NOW = Duration.ofSeconds(15);

  /** Rollouts are judged in intervals of one minute. */
  private static final long ALIGNMENT_MILLIS = 60_000;

  private static final String KEY_PREFIX = "shift.millis.";

  private final Path file;

  public ReplayState(Path dataDir) {
    this.file = dataDir.resolve(FILE);
  }

  /**
   * The shift for a recording: the stored one, or a new one, stored before it is returned.
   *
   * <p>A new shift is a whole number of minutes: the records then fall into the same buckets and
   * looks whenever they are replayed, so that a replay has one outcome. The minute in which the
   * recording ends is over for 15 to 75 s, so that its last look can be judged without a wait.
   *
   * @throws IOException if the file cannot be read or written, or holds no number
   */
  public TimeShift shiftFor(RecordingMetadata recording, Clock clock) throws IOException {
    Properties properties = load();
    String key = KEY_PREFIX + recording.name();
    String stored = properties.getProperty(key);
    if (stored != null) {
      try {
        return new TimeShift(Long.parseLong(stored.strip()));
      } catch (NumberFormatException e) {
        throw new IOException(file + ": " + key + " is not a number: " + stored, e);
      }
    }
    long exact = clock.millis() - END_BEFORE_NOW.toMillis() - endOfLastLook(recording);
    TimeShift shift = new TimeShift(Math.floorDiv(exact, ALIGNMENT_MILLIS) * ALIGNMENT_MILLIS);
    properties.setProperty(key, Long.toString(shift.millis()));
    store(properties);
    return shift;
  }

  /** End of the minute in which the recording ends, before any shift; Unix milliseconds. */
  public static long endOfLastLook(RecordingMetadata recording) {
    return -Math.floorDiv(-recording.endMillis(), ALIGNMENT_MILLIS) * ALIGNMENT_MILLIS;
  }

  private Properties load() throws IOException {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        properties.load(reader);
      }
    }
    return properties;
  }

  private void store(Properties properties) throws IOException {
    Path next = file.resolveSibling(FILE + ".new");
    try (Writer writer = Files.newBufferedWriter(next, StandardCharsets.UTF_8)) {
      properties.store(
          writer, "Shift in time of each recording that was replayed into this directory");
    }
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
