// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
  private static final StreamsException BROKERS =
      new StreamsException("a task", new TimeoutException("no answer"));
  private static final StreamsException DISK =
      new StreamsException(
          "a task", new ProcessorStateException(new IOException("No space left on device")));

  private final HandClock clock = new HandClock();
  private final ThreadFailures failures = new ThreadFailures(clock);

  @Test
  void threads_areReplaced_tenTimesWithinTenMinutes() {
    for (int i = 0; i < 10; i++) {
      assertThat(failures.handle(BROKERS)).isEqualTo(REPLACE_THREAD);
    }
    clock.millis += 600_001;
    for (int i = 0; i < 10; i++) {
      assertThat(failures.handle(BROKERS)).isEqualTo(REPLACE_THREAD);
    }
    assertThat(failures.handle(BROKERS)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(failures.lastCause()).contains("TimeoutException", "no answer");
  }

  @Test
  void fullDisk_isTriedTwiceMore() {
    assertThat(failures.lastCause()).isNull();
    assertThat(failures.handle(DISK)).isEqualTo(REPLACE_THREAD);
    clock.millis += 200_000;
    assertThat(failures.handle(BROKERS)).isEqualTo(REPLACE_THREAD);
    assertThat(failures.handle(DISK)).isEqualTo(REPLACE_THREAD);
    clock.millis += 200_000;
    assertThat(failures.handle(DISK)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(failures.lastCause()).contains("No space left on device");
  }

  @Test
  void error_isNotTriedAgain() {
    assertThat(failures.handle(new StackOverflowError())).isEqualTo(SHUTDOWN_CLIENT);
  }
}
