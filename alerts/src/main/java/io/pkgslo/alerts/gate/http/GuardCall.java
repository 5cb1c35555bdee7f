// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.http;

import io.pkgslo.alerts.gate.access.AccessGuard;
import io.pkgslo.alerts.gate.access.Need;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the guard about a request: at once, or on a worker where the keys of a token may have to be
 * fetched first. Gates answer on the event loop, and nobody's token may hold up the others.
 */
final class GuardCall {
  private final AccessGuard guard;
  private final Replies replies;

  GuardCall(AccessGuard guard, Replies replies) {
    this.guard = guard;
    this.replies = replies;
  }

  /** Whether the decision will come later than the call. */
  boolean isLater(@Nullable String token) {
    return guard.mayBlock(token);
  }

  /**
   * @param then gets the decision on the event loop of the request; when there is none the request
   *     is answered here
   */
  void decide(
      RoutingContext context,
      Need need,
      @Nullable String token,
      Consumer<AccessGuard.Decision> then) {
    String address = AccessFilter.address(context);
    if (!isLater(token)) {
      then.accept(guard.decide(need, token, address));
      return;
    }
    Callable<AccessGuard.Decision> decide = () -> guard.decide(need, token, address);
    context
        .vertx()
        .executeBlocking(decide, false)
        .onFailure(failure -> replies.error(context, 503, "the token cannot be verified now"))
        .onSuccess(then::accept);
  }
}
