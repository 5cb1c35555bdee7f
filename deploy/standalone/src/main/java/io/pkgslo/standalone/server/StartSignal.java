// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.server;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What Quarkus runs once every service has started: tells the waiting host, and then waits for the
 * end. Quarkus makes the instance itself, hence the static field.
 */
public final class StartSignal implements QuarkusApplication {
  private static volatile CompletableFuture<@Nullable Void> started = new CompletableFuture<>();

  /** A signal for the start that is about to happen. */
  static CompletableFuture<@Nullable Void> next() {
    CompletableFuture<@Nullable Void> signal = new CompletableFuture<>();
    started = signal;
    return signal;
  }

  @Override
  public int run(String... args) {
    started.complete(null);
    Quarkus.waitForExit();
    return 0;
  }
}
