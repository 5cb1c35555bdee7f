// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Holds what runs in an integration test to the accounting identity: received = processed + dropped
 * + dead-lettered + retried + in flight. {@link AccountsExtension} asks at the end of every one
 * whether that was done. Integration tests run one after the other, hence static.
 */
public final class Accounts {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<Watched> WATCHED = Collections.synchronizedList(new ArrayList<>());
  private static final List<String> BALANCED = Collections.synchronizedList(new ArrayList<>());

  private record Watched(String part, Supplier<List<Sample>> samples) {}

  private Accounts() {}

  /** Holds a part that runs in this process to its account when the test is over. */
  public static void watch(String part, CollectorRegistry registry) {
    WATCHED.add(
        new Watched(part, () -> Sample.of(Collections.list(registry.metricFamilySamples()))));
  }

  /** Likewise, one whose collectors are in no registry. */
  public static void watch(String part, Collection<? extends Collector> collectors) {
    List<Collector> kept = List.copyOf(collectors);
    WATCHED.add(
        new Watched(
            part, () -> kept.stream().flatMap(c -> Sample.of(c.collect()).stream()).toList()));
  }

  /**
   * Of a part that has nothing to do, or is closed: everything that it received is accounted for.
   *
   * @param samples all that it shows
   */
  public static void assertBalanced(String part, Collection<Sample> samples) {
    Balance balance = new Balance(samples);
    assertThat(balance.faults()).as("accounts of %s", part).isEmpty();
    if (balance.received() > 0) {
      BALANCED.add(part);
    }
  }

  /** Likewise of a tool that says in its result what it did. */
  public static void assertBalanced(String part, long received, long settled) {
    assertThat(settled).as("settled by %s, of what it received", part).isEqualTo(received);
    if (received > 0) {
      BALANCED.add(part);
    }
  }

  /**
   * The end of a test.
   *
   * @param exempt nothing should have been received
   */
  static void end(String test, boolean exempt) {
    try {
      WATCHED.forEach(
          watched ->
              await("accounts of " + watched.part())
                  .atMost(PATIENCE)
                  .untilAsserted(() -> assertBalanced(watched.part(), watched.samples().get())));
      if (exempt) {
        assertThat(BALANCED).as("%s is marked: it receives nothing", test).isEmpty();
      } else {
        assertThat(BALANCED)
            .as(
                "%s must hold what receives something in it to its account (Accounts.watch),"
                    + " or say why there is none (@NothingReceived)",
                test)
            .isNotEmpty();
      }
    } finally {
      forget();
    }
  }

  static void forget() {
    WATCHED.clear();
    BALANCED.clear();
  }
}
