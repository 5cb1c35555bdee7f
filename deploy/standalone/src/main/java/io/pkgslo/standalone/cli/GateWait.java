// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks until there is a verdict other than hold, or time is up, and says how it stands. */
final class GateWait {
  private static final Duration SAY_EVERY = Duration.ofMinutes(1);

  private final Clock clock;
  private final Duration pause;
  private final VerdictWait.Say say;

  /**
   * @param pause between two questions
   * @param say takes progress
   */
  GateWait(Clock clock, Duration pause, VerdictWait.Say say) {
    this.clock = clock;
    this.pause = pause;
    this.say = say;
  }

  /** Asks once. */
  @FunctionalInterface
  interface Question {
    GateClient.Answer ask() throws IOException, InterruptedException;
  }

  /**
   * @param patience zero to ask once
   * @return the last answer
   * @throws IOException if the last question had none: what was said before may be wrong by now
   */
  GateClient.Answer until(Duration patience, Question question)
      throws IOException, InterruptedException {
    Instant end = clock.instant().plus(patience);
    Instant saidAt = Instant.MIN;
    String said = "";
    while (true) {
      GateClient.@Nullable Answer answer = null;
      String state;
      try {
        answer = question.ask();
        if (answer.exitCode() != ExitCodes.HOLD || !clock.instant().isBefore(end)) {
          return answer;
        }
        state = answer.reason();
      } catch (GateClient.RefusedException e) {
        throw e;
      } catch (IOException e) {
        if (!clock.instant().isBefore(end)) {
          throw e;
        }
        state = String.valueOf(e.getMessage());
      }
      Instant now = clock.instant();
      if (!state.equals(said) || !now.isBefore(saidAt.plus(SAY_EVERY))) {
        said = state;
        saidAt = now;
        say.say("%s; %d s left", state, Duration.between(now, end).toSeconds());
      }
      Thread.sleep(shorter(pause, Duration.between(now, end)).toMillis());
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
