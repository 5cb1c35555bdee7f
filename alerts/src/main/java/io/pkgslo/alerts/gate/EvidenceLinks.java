// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.rollout.RolloutView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a person finds what an answer rests on.
 *
 * @param base public address of the service without a slash at the end; empty for links that are
 *     relative to whatever address the caller used
 */
public record EvidenceLinks(String base) {
  public EvidenceLinks {
    base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  /** The record in the ledger, else the rollout; absent when there is neither. */
  public @Nullable String of(ArmAnswer answer) {
    RolloutView rollout = answer.rollout();
    return rollout == null ? null : of(rollout);
  }

  /** The same for a rollout. */
  public String of(RolloutView rollout) {
    if (rollout.decisionId() != null) {
      return base + "/api/v1/decisions/" + encoded(rollout.decisionId());
    }
    return base
        + "/api/v1/rollouts?service="
        + encoded(rollout.service())
        + "&version="
        + encoded(rollout.version());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
