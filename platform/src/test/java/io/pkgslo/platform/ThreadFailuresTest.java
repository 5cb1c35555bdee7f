// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
  private static final RuntimeException BROKERS =
      new IllegalStateException("a task", new TimeoutException("no answer"));
  private static final RuntimeException DISK =
      new IllegalStateException(
          "a task", new UncheckedIOException(new IOException("No space left on device")));

  private long millis = 1_000_000;
  private final ThreadFailures failures =
      new ThreadFailures("a service", UncheckedIOException.class, new HandClock());

  @Test
  void threads_areReplaced_tenTimesWithinTenMinutes() {
    for (int i = 0; i < 10; i++) {
      assertThat(failures.allowsAnother(BROKERS)).isTrue();
    }
    millis += 600_001;
    for (int i = 0; i < 10; i++) {
      assertThat(failures.allowsAnother(BROKERS)).isTrue();
    }
    assertThat(failures.allowsAnother(BROKERS)).isFalse();
    assertThat(failures.lastCause()).contains("TimeoutException", "no answer");
  }

  @Test
  void fullDisk_isTriedTwiceMore() {
    assertThat(failures.lastCause()).isNull();
    assertThat(failures.allowsAnother(DISK)).isTrue();
    millis += 200_000;
    assertThat(failures.allowsAnother(BROKERS)).isTrue();
    assertThat(failures.allowsAnother(DISK)).isTrue();
    millis += 200_000;
    assertThat(failures.allowsAnother(DISK)).isFalse();
    assertThat(failures.lastCause()).contains("No space left on device");
  }

  @Test
  void error_isNotTriedAgain() {
    assertThat(failures.allowsAnother(new StackOverflowError())).isFalse();
  }

  private final class HandClock extends Clock {
    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
