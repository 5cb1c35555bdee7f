// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.rollout.RolloutView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rollouts of the service shop/checkout from v1 to v2, unless said otherwise. */
public final class TestRollouts {
  public static final String SERVICE = "shop/checkout";
  public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private TestRollouts() {}

  public static RolloutView rollout(String verdict) {
    return rollout("r-" + verdict, SERVICE, "v2", verdict, NOW.minusSeconds(600), null);
  }

  public static RolloutView rollout(
      String id,
      String service,
      String version,
      String verdict,
      Instant openedAt,
      @Nullable Instant closedAt) {
    int code =
        switch (verdict) {
          case "promote" -> 1;
          case "rollback" -> -1;
          default -> 0;
        };
    return new RolloutView(
        id,
        service,
        version,
        "v1",
        verdict,
        code,
        code == 0 ? "insufficient-evidence" : "evidence",
        verdict + ": 8 episodes in 380 calls on " + version + " against 0 in 3,427 on v1",
        null,
        code != 0,
        false,
        7,
        1.5,
        List.of(),
        List.of(),
        openedAt,
        NOW.minusSeconds(60),
        closedAt,
        null);
  }
}
