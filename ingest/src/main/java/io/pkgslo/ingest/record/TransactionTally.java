// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

import io.pkgslo.ingest.attribute.ItemCounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What the open transaction holds besides facts: dead letters, and the counts that become true when
 * it is committed. Mutable, single-threaded.
 */
final class TransactionTally {
  private final IngestMeters meters;
  private final Map<Signal, Long> read = new EnumMap<>(Signal.class);
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final ItemCounts items = new ItemCounts();

  private record DeadLetter(Signal signal, String reason, ProducerRecord<byte[], byte[]> record) {}

  TransactionTally(IngestMeters meters) {
    this.meters = meters;
  }

  ItemCounts items() {
    return items;
  }

  /** A record was read, whatever will become of it. */
  void received(Signal signal) {
    meters.received(signal.topic());
    read.merge(signal, 1L, Long::sum);
  }

  void deadLettered(Signal signal, String reason, ProducerRecord<byte[], byte[]> record) {
    deadLetters.add(new DeadLetter(signal, reason, record));
  }

  List<ProducerRecord<byte[], byte[]>> deadLetters() {
    return deadLetters.stream().map(DeadLetter::record).toList();
  }

  void committed() {
    for (DeadLetter letter : deadLetters) {
      meters.deadLettered(letter.signal().topic(), letter.reason());
      read.merge(letter.signal(), -1L, Long::sum);
    }
    read.forEach((signal, records) -> meters.processed(signal.topic(), records));
    meters.items(items);
    clear();
  }

  void aborted() {
    read.forEach((signal, records) -> meters.retried(signal.topic(), records));
    clear();
  }

  private void clear() {
    read.clear();
    deadLetters.clear();
    items.clear();
  }
}
