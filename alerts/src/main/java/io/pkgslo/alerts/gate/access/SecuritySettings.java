// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what; not printed, since tokens are among it.
 *
 * @param openReads whether reading needs no token
 * @param tokens {@code name:role:token}, the token as text or as {@code sha256=hex}
 * @param tokensFile more of them, one per line
 * @param requestsPerSecond of one caller, over 0
 * @param burst requests of one caller at once, 1 or more
 * @param oidc absent where no JWT is accepted
 */
public record SecuritySettings(
    boolean openReads,
    List<String> tokens,
    @Nullable Path tokensFile,
    double requestsPerSecond,
    int burst,
    @Nullable Oidc oidc) {
  public SecuritySettings {
    tokens = List.copyOf(tokens);
  }

  /**
   * Whose JWTs are accepted.
   *
   * @param issuer value of {@code iss}
   * @param jwksUrl where its public keys are
   * @param audience value that {@code aud} must hold
   * @param rolesClaim claim with the role; a dot leads into an object
   */
  public record Oidc(String issuer, String jwksUrl, String audience, String rolesClaim) {}

  @Override
  public String toString() {
    return "SecuritySettings[openReads=" + openReads + "]";
  }
}
