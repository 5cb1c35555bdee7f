// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.standalone.demo.ApiClient;
import io.pkgslo.standalone.demo.DemoReport;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Waits until the services have judged up to a time, and says how far they are. */
final class VerdictWait {
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration SAY_EVERY = Duration.ofSeconds(2);
  private static final Duration REPEAT_EVERY = Duration.ofSeconds(15);

  /** Longest time without any progress. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ApiClient api;
  private final Clock clock;
  private final Say say;

  /** Takes a line of progress. */
  @FunctionalInterface
  interface Say {
    void say(String format, Object... args);
  }

  VerdictWait(ApiClient api, Clock clock, Say say) {
    this.api = api;
    this.clock = clock;
    this.say = say;
  }

  /**
   * @param end event time to wait for
   * @return what the services said when they had reached it, and no verdict was stale
   * @throws IOException if they do not answer, or make no progress for long
   */
  DemoReport until(Instant end) throws IOException, InterruptedException {
    Instant reached = Instant.MIN;
    Instant progressAt = clock.instant();
    Instant saidAt = Instant.MIN;
    String said = "";
    while (true) {
      ApiClient.Answer answer = api.ask();
      Instant now = clock.instant();
      Instant through = answer.through();
      if (through != null && !through.isBefore(end) && !answer.isStale()) {
        say.say("judged everything up to %s", end);
        return answer.report();
      }
      if (through != null && through.isAfter(reached)) {
        reached = through;
        progressAt = now;
      }
      if (Duration.between(progressAt, now).compareTo(PATIENCE) > 0) {
        throw new IOException(
            "no progress for " + PATIENCE.toSeconds() + " s: " + position(through, end));
      }
      String position = position(through, end);
      if (saidAt.plus(position.equals(said) ? REPEAT_EVERY : SAY_EVERY).isBefore(now)) {
        saidAt = now;
        said = position;
        say.say("%s", position);
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private static String position(@Nullable Instant through, Instant end) {
    if (through == null) {
      return "nothing is judged yet";
    }
    return through.isBefore(end)
        ? "judged up to " + through.truncatedTo(ChronoUnit.SECONDS) + ", of " + end
        : "judged up to " + end + ", waiting for a look that is not stale";
  }
}
