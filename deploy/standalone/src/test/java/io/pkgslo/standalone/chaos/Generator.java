// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Delivers scenes in waves: most items of a wave at once, stragglers seconds later, everything
 * again in another grouping at once, and once more after some waves. Between are records that are
 * no OTLP. Single-threaded.
 *
 * <p>A wave is not parted by an outage of the broker: what depends on each other has to reach the
 * topics within less than the settle delay, or the definitions themselves would count otherwise.
 */
final class Generator {
  private static final long STRAGGLE_MILLIS = 2_000;
  private static final long SETTLE_MILLIS = 10_000;
  private static final int STRAGGLERS_PERCENT = 15;
  private static final int POISON_PERCENT = 30;

  /** Far within the duplicate horizon of 10 min. */
  private static final long AGAIN_AFTER_MILLIS = 90_000;

  private final ChaosSettings settings;
  private final Delivery delivery;
  private final Lock noOutage;
  private final Clock clock;
  private final Random random;
  private final Batches batches;
  private final SceneMaker scenes;
  private final List<Again> again = new ArrayList<>();
  private int poison;

  /** Items that are to be delivered once more. */
  private record Again(long atMillis, List<Item> items, Partitioning partitioning) {}

  /** Which partitions a wave goes to. */
  enum Partitioning {
    /** Those that nobody reads before the backlog is worked off. */
    LAGGING(2, 2),
    ALL(0, 4);

    private final int first;
    private final int count;

    Partitioning(int first, int count) {
      this.first = first;
      this.count = count;
    }
  }

  Generator(
      ChaosSettings settings,
      Ledger ledger,
      Delivery delivery,
      ReadWriteLock outages,
      Clock clock) {
    this.settings = settings;
    this.delivery = delivery;
    this.noOutage = outages.readLock();
    this.clock = clock;
    this.random = new Random(settings.seed());
    this.batches = new Batches(random);
    this.scenes = new SceneMaker(random, ledger);
  }

  /** An hour of waves in half of the partitions, which an instance that lags has before it. */
  void backlog() throws InterruptedException {
    long now = clock.millis();
    long step = 3_600_000L / Math.max(1, settings.backlogWaves());
    for (int wave = settings.backlogWaves(); wave > 0; wave--) {
      long atMillis = now - wave * step;
      List<Item> items = items(atMillis);
      List<Item> stragglers = takeStragglers(items);
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      add(records, items, Partitioning.LAGGING, atMillis);
      add(records, items, Partitioning.LAGGING, atMillis);
      add(records, stragglers, Partitioning.LAGGING, atMillis + STRAGGLE_MILLIS);
      items.addAll(stragglers);
      // Before the next wave: as on a real topic, times of appending do not go back.
      add(records, items, Partitioning.LAGGING, atMillis + Math.min(AGAIN_AFTER_MILLIS, step / 2));
      delivery.send(records);
    }
  }

  /** One wave now; takes a few seconds. */
  void wave() throws InterruptedException {
    noOutage.lock();
    try {
      long startMillis = clock.millis();
      List<Item> items = items(startMillis);
      List<Item> stragglers = takeStragglers(items);
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      add(records, items, Partitioning.ALL, startMillis);
      add(records, items, Partitioning.ALL, startMillis);
      addPoison(records, startMillis);
      addDue(records, startMillis);
      delivery.send(records);
      Thread.sleep(STRAGGLE_MILLIS);
      List<ProducerRecord<byte[], byte[]>> late = new ArrayList<>();
      add(late, stragglers, Partitioning.ALL, clock.millis());
      add(late, stragglers, Partitioning.ALL, clock.millis());
      delivery.send(late);
      if (clock.millis() - startMillis > SETTLE_MILLIS - 1_000) {
        throw new IllegalStateException(
            "this machine was too slow to deliver a wave within the settle delay");
      }
      items.addAll(stragglers);
      again.add(new Again(startMillis + random.nextInt(60_000), items, Partitioning.ALL));
    } finally {
      noOutage.unlock();
    }
  }

  /** Delivers what was still to be delivered once more. */
  void finish() throws InterruptedException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    addDue(records, Long.MAX_VALUE);
    delivery.send(records);
  }

  private List<Item> items(long atMillis) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < settings.scenesPerWave(); i++) {
      items.addAll(scenes.next(atMillis).items());
    }
    return items;
  }

  private List<Item> takeStragglers(List<Item> items) {
    List<Item> stragglers = new ArrayList<>();
    for (Iterator<Item> rest = items.iterator(); rest.hasNext(); ) {
      Item item = rest.next();
      if (random.nextInt(100) < STRAGGLERS_PERCENT) {
        stragglers.add(item);
        rest.remove();
      }
    }
    return stragglers;
  }

  private void add(
      List<ProducerRecord<byte[], byte[]>> records,
      List<Item> items,
      Partitioning partitioning,
      long appendMillis) {
    for (Batches.Message message : batches.of(items)) {
      int partition = partitioning.first + random.nextInt(partitioning.count);
      records.add(Delivery.record(message, partition, appendMillis));
    }
  }

  private void addPoison(List<ProducerRecord<byte[], byte[]>> records, long appendMillis) {
    for (int i = 0; i < 10; i++) {
      if (random.nextInt(100) < POISON_PERCENT) {
        byte[] garbage = new byte[1 + random.nextInt(500)];
        random.nextBytes(garbage);
        // The tag of a field 6, which no outermost message of OTLP has.
        garbage[0] = 0x35;
        int partition = random.nextInt(Delivery.PARTITIONS);
        int place = random.nextInt(records.size() + 1);
        records.add(place, Delivery.poison(garbage, poison++, partition, appendMillis));
      }
    }
  }

  private void addDue(List<ProducerRecord<byte[], byte[]>> records, long nowMillis) {
    for (Iterator<Again> rest = again.iterator(); rest.hasNext(); ) {
      Again due = rest.next();
      if (due.atMillis <= nowMillis) {
        add(records, due.items, due.partitioning, clock.millis());
        rest.remove();
      }
    }
  }

  /** Records sent that are no OTLP. */
  int poisonRecords() {
    return poison;
  }
}
