// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import org.jspecify.annotations.Nullable;

/** Decides about a request. Knows nothing of HTTP but its statuses; thread-safe. */
public final class AccessGuard {
  private final Tokens tokens;
  private final Authenticator oidc;
  private final boolean hasOidc;
  private final RateLimiter limiter;
  private final boolean openReads;

  AccessGuard(Tokens tokens, @Nullable Authenticator oidc, RateLimiter limiter, boolean openReads) {
    this.tokens = tokens;
    this.hasOidc = oidc != null;
    this.oidc = oidc == null ? token -> null : oidc;
    this.limiter = limiter;
    this.openReads = openReads;
  }

  /** What is decided about a request. */
  public sealed interface Decision permits Allowed, Refused {}

  /** It may go on. */
  public record Allowed(Caller caller) implements Decision {}

  /**
   * It ends here.
   *
   * @param retryAfterSeconds 0 when waiting does not help
   */
  public record Refused(Refusal reason, String message, int retryAfterSeconds)
      implements Decision {}

  /** Whether telling whose token it is may take a while. */
  public boolean mayBlock(@Nullable String token) {
    return hasOidc && token != null && tokens.find(token) == null;
  }

  /**
   * @param need what the request asks of its caller
   * @param token as it was presented; null when there was none
   * @param address of the caller
   */
  public Decision decide(Need need, @Nullable String token, String address) {
    Caller caller = token == null ? null : callerOf(token);
    int wait = limiter.secondsToWait(caller == null ? address : caller.name());
    if (wait > 0) {
      return new Refused(Refusal.RATE_LIMIT, "too many requests, wait " + wait + " s", wait);
    }
    if (need == Need.NOTHING) {
      return new Allowed(caller == null ? new Caller(address, null) : caller);
    }
    if (token != null && caller == null) {
      return new Refused(Refusal.BAD_TOKEN, "the token is not known, or has run out", 0);
    }
    if (caller == null) {
      return withoutToken(need, address);
    }
    Role role = caller.role();
    return role != null && role.satisfies(need)
        ? new Allowed(caller)
        : new Refused(Refusal.ROLE, "the role of " + caller.name() + " does not allow this", 0);
  }

  private Decision withoutToken(Need need, String address) {
    // A token in the body is looked at when the body is there.
    if (need == Need.READ_TOKEN_IN_BODY || (need.isReading() && openReads)) {
      return new Allowed(new Caller(address, null));
    }
    return new Refused(
        Refusal.NO_TOKEN,
        tokens.isEmpty() && !hasOidc
            ? "this needs a token, and none is configured: see pkgslo.alerts.security.tokens"
            : "this needs a token: Authorization: Bearer ...",
        0);
  }

  private @Nullable Caller callerOf(String token) {
    Caller caller = tokens.find(token);
    return caller == null ? oidc.callerOf(token) : caller;
  }
}
