// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.AuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReadAheadTest {
  /** Longer than the whole test may take. */
  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicInteger read = new AtomicInteger();
  private ReadAhead<Integer> ahead = new ReadAhead<>(read::incrementAndGet, "test-ahead");

  @AfterEach
  void close() {
    ahead.close();
  }

  @Test
  void withoutBegin_readsWhenAsked() {
    assertThat(ahead.next()).isEqualTo(1);
    assertThat(read).hasValue(1);
  }

  @Test
  void begin_readsOneMore_andNoFurther() {
    ahead.begin();
    ahead.ended();
    assertThat(ahead.next()).isEqualTo(1);
    assertThat(read).hasValue(1);
    assertThat(ahead.next()).isEqualTo(2);
  }

  @Test
  void awaitEnd_lastsUntilTheBatchIsWorkedOff() throws InterruptedException {
    CountDownLatch reading = new CountDownLatch(1);
    StringBuffer order = new StringBuffer();
    ahead =
        new ReadAhead<>(
            () -> {
              reading.countDown();
              ahead.awaitEnd();
              order.append("read");
              return 1;
            },
            "test-ahead");
    ahead.begin();
    assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
    order.append("worked off, ");
    ahead.ended();
    assertThat(ahead.next()).isEqualTo(1);
    assertThat(order).hasToString("worked off, read");
  }

  @Test
  void failure_isThrownByNext_asItWas_andTheOneBehindReadsAgain() {
    AtomicInteger tries = new AtomicInteger();
    ahead =
        new ReadAhead<>(
            () -> {
              if (tries.incrementAndGet() == 1) {
                throw new AuthorizationException("not yours");
              }
              return tries.get();
            },
            "test-ahead");
    ahead.begin();
    ahead.ended();
    assertThatThrownBy(() -> ahead.next())
        .isInstanceOf(AuthorizationException.class)
        .hasMessage("not yours");
    assertThat(ahead.next()).isEqualTo(2);
  }

  @Test
  void more_isWhatWasReadMeanwhile_butWaitsForNobodyWhoWaitsForIt() {
    assertThat(ahead.more(LONG)).isNull();
    ahead.begin();
    assertThat(ahead.more(LONG)).isEqualTo(1);
    ahead =
        new ReadAhead<>(
            () -> {
              ahead.awaitEnd();
              return 2;
            },
            "test-ahead");
    ahead.begin();
    assertThat(ahead.more(LONG)).isNull();
    ahead.ended();
    assertThat(ahead.next()).isEqualTo(2);
  }

  @Test
  void more_leavesAFailureToNext() {
    ahead =
        new ReadAhead<>(
            () -> {
              throw new AuthorizationException("not yours");
            },
            "test-ahead");
    ahead.begin();
    assertThat(ahead.more(LONG)).isNull();
    assertThatThrownBy(() -> ahead.next()).isInstanceOf(AuthorizationException.class);
  }

  @Test
  void more_doesNotWaitForWhatComesLate() {
    CountDownLatch late = new CountDownLatch(1);
    ahead =
        new ReadAhead<>(
            () -> {
              try {
                return late.await(10, TimeUnit.SECONDS) ? 1 : 0;
              } catch (InterruptedException e) {
                return 0;
              }
            },
            "test-ahead");
    ahead.begin();
    assertThat(ahead.more(Duration.ofMillis(1))).isNull();
    late.countDown();
    assertThat(ahead.next()).isEqualTo(1);
  }

  @Test
  void drop_letsWhoeverReadsGoOn_andForgetsWhatItFound() {
    ahead =
        new ReadAhead<>(
            () -> {
              ahead.awaitEnd();
              return read.incrementAndGet();
            },
            "test-ahead");
    ahead.begin();
    ahead.drop();
    assertThat(read).hasValue(1);
    assertThat(ahead.next()).isEqualTo(2);
  }

  @Test
  void drop_forgetsAFailure() {
    ahead =
        new ReadAhead<>(
            () -> {
              throw new AuthorizationException("not yours");
            },
            "test-ahead");
    ahead.begin();
    ahead.drop();
    assertThatThrownBy(() -> ahead.next()).isInstanceOf(AuthorizationException.class);
  }
}
