// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.standalone.recording.Replayer;

/** Says how far a replay is, every fifth of it. Single-threaded. */
final class Percentage implements Replayer.Progress {
  private static final int STEP = 20;

  private final VerdictWait.Say say;
  private long said;

  Percentage(VerdictWait.Say say) {
    this.say = say;
  }

  @Override
  public void replayed(long sent, long total) {
    long percent = total == 0 ? 100 : sent * 100 / total;
    if (percent >= said + STEP) {
      said = percent - percent % STEP;
      say.say("replayed %d %%", said);
    }
  }
}
