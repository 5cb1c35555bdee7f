// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.gate.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AccessGuardTest {
  private final MovableClock clock = new MovableClock(Instant.EPOCH);
  private final AtomicInteger verified = new AtomicInteger();
  private final AccessGuard guard =
      new AccessGuard(
          new Tokens(List.of("ci:operator:0123456789abcdef"), null, clock),
          token -> {
            verified.incrementAndGet();
            return token.equals("good.jwt") ? new Caller("oidc:ada", Role.ADMIN) : null;
          },
          new RateLimiter(1, 3, clock),
          true);

  /** Verifying a signature costs more than anything else here. */
  @Test
  void floodOfBadTokens_isNotVerified() {
    for (int i = 0; i < 100; i++) {
      guard.decide(Need.READ, "bad.jwt" + i, "10.0.0.1");
    }
    assertThat(verified).hasValue(3);

    clock.move(Duration.ofSeconds(5));
    assertThat(guard.decide(Need.ADMINISTER, "good.jwt", "10.0.0.1"))
        .isInstanceOf(AccessGuard.Allowed.class);
  }

  @Test
  void jwt_hasABucketOfItsOwn() {
    for (int i = 0; i < 3; i++) {
      assertThat(guard.decide(Need.READ, "good.jwt", "10.0.0.1"))
          .isInstanceOf(AccessGuard.Allowed.class);
    }
    assertThat(guard.decide(Need.READ, "good.jwt", "10.0.0.1"))
        .isEqualTo(new AccessGuard.Refused(Refusal.RATE_LIMIT, "too many requests, wait 1 s", 1));
    assertThat(guard.decide(Need.READ, null, "10.0.0.1")).isInstanceOf(AccessGuard.Allowed.class);
  }

  @Test
  void knownToken_needsNoVerification() {
    assertThat(guard.decide(Need.OPERATE, "0123456789abcdef", "10.0.0.1"))
        .isEqualTo(new AccessGuard.Allowed(new Caller("ci", Role.OPERATOR)));
    assertThat(verified).hasValue(0);
  }
}
