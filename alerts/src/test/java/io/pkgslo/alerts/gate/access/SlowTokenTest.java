// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.gate.RunningGates;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** While the keys of one caller's token are fetched, the others are answered. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SlowTokenTest {
  private static final String HOOK = "/gates/flagger/event";
  private static final String BODY =
      "{\"name\":\"checkout\",\"namespace\":\"shop\",\"metadata\":{\"token\":\"%s\"}}";

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch keysAreThere = new CountDownLatch(1);

  private RunningGates gates() {
    return new RunningGates(
        clock ->
            new AccessGuard(
                new Tokens(List.of("grafana:viewer:" + RunningGates.VIEWER), null, clock),
                this::fetchKeys,
                new RateLimiter(1000, 1000, clock),
                false),
        List.of());
  }

  private Caller fetchKeys(String token) {
    asked.countDown();
    try {
      keysAreThere.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return switch (token) {
      case "ann's" -> new Caller("oidc:ann", Role.VIEWER);
      case "broken" -> throw new IllegalStateException("the provider is down");
      default -> null;
    };
  }

  /** Flagger can send a token in the body only. */
  @ParameterizedTest
  @CsvSource({"ann's, 200", "nobody's, 401", "broken, 503"})
  void tokenInTheBody_holdsUpNobodyElse(String token, int status) throws Exception {
    try (RunningGates gates = gates().fresh()) {
      CompletableFuture<RunningGates.Answer> slow =
          CompletableFuture.supplyAsync(() -> gates.postJson(HOOK, BODY.formatted(token)));
      asked.await();

      assertThat(
              gates
                  .get(
                      "/gates/argo?service=s&version=v",
                      "Authorization",
                      "Bearer " + RunningGates.VIEWER)
                  .status())
          .isEqualTo(200);
      assertThat(slow).isNotDone();

      keysAreThere.countDown();
      assertThat(slow.get().status()).isEqualTo(status);
      assertThat(slow.get().json().isObject()).isTrue();
    }
  }

  /** A body that comes while the keys are fetched is read whole afterwards. */
  @Test
  void tokenInTheHeader_losesNothingOfTheBody() throws Exception {
    try (RunningGates gates = gates().fresh()) {
      CompletableFuture<RunningGates.Answer> slow =
          CompletableFuture.supplyAsync(
              () -> gates.postJson(HOOK, BODY.formatted("x"), "Authorization", "Bearer ann's"));
      asked.await();
      keysAreThere.countDown();

      assertThat(slow.get().status()).isEqualTo(200);
    }
  }
}
