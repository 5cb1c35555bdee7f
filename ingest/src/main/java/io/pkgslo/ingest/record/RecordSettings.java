// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import java.time.Duration;

/**
 * Settings of this stage.
 *
 * @param group consumer group of all instances
 * @param transactionalId of this instance: stable over its restarts and of no other instance;
 *     workers append their number
 * @param workers consuming threads in this instance, at least 1
 * @param partitions of each topic of facts, at least 1, fixed at creation
 * @param progressInterval longest time between two reports of progress while the wall clock moves
 * @param attempts failed transactions in a row after which the instance is unhealthy; it goes on
 *     trying
 */
public record RecordSettings(
    String group,
    String transactionalId,
    int workers,
    int partitions,
    Duration progressInterval,
    int attempts) {
  public RecordSettings {
    require(!group.isBlank(), "group", group, "a name");
    require(!transactionalId.isBlank(), "transactionalId", transactionalId, "a name");
    require(workers >= 1, "workers", workers, "1 or more");
    require(partitions >= 1, "partitions", partitions, "1 or more");
    require(
        !progressInterval.isNegative() && !progressInterval.isZero(),
        "progressInterval",
        progressInterval,
        "more than 0");
    require(attempts >= 1, "attempts", attempts, "1 or more");
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": expected " + expected + ", was '" + value + "'");
    }
  }
}
