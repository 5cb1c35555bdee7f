// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform.streams;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka Streams application that is made when it is started, and not with its service: making it
 * takes half as long as all the rest of a start, which would keep the first scrape waiting.
 * Thread-safe.
 */
public final class LateStreams {
  private final Supplier<KafkaStreams> maker;
  private volatile @Nullable KafkaStreams streams;
  private boolean closed;

  /**
   * @param maker is called once at most
   */
  public LateStreams(Supplier<KafkaStreams> maker) {
    this.maker = maker;
  }

  /** Makes and starts it, unless it was closed before. */
  public synchronized void start() {
    if (!closed) {
      KafkaStreams made = maker.get();
      streams = made;
      made.start();
    }
  }

  /** {@code CREATED} before the start, too. */
  public KafkaStreams.State state() {
    KafkaStreams made = streams;
    return made == null ? KafkaStreams.State.CREATED : made.state();
  }

  /**
   * Closes it, now or as soon as it is made.
   *
   * @param how closes what was started
   */
  public synchronized void close(Consumer<KafkaStreams> how) {
    closed = true;
    if (streams != null) {
      how.accept(streams);
    }
  }
}
