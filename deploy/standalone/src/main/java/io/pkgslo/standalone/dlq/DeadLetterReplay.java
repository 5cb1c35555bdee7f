// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.dlq;

import io.pkgslo.platform.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters to their topics again: key, value, headers and partition as they were, with
 * the time of the replay. What is sent and the note that it was sent are one transaction: a replay
 * that is broken off, or done twice, or by two people at once, sends each letter at most once.
 *
 * <p>A letter whose value was cut is left standing: its end is lost.
 */
public final class DeadLetterReplay {
  private static final String TRANSACTIONAL_ID = "pkgslo-dlq-replay";
  private static final int TRANSACTION_RECORDS = 200;
  private static final int TRANSACTION_BYTES = 16 << 20;
  private static final int MAX_REQUEST_BYTES = 128 << 20;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final KafkaSettings kafka;

  public DeadLetterReplay(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * What was done: received = replayed + before + truncated + passed over.
   *
   * @param received letters that were read
   * @param replayed letters that were sent again, by source topic
   * @param before letters that had been sent again before
   * @param truncated letters that were left standing because their value was cut
   * @param passedOver letters that were left standing because the filter does not take them
   */
  public record Result(
      long received, Map<String, Long> replayed, long before, long truncated, long passedOver) {
    public Result {
      replayed = new TreeMap<>(replayed);
    }

    /** Of all topics. */
    public long total() {
      return replayed.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Sends the letters that a filter takes and that were not sent yet.
   *
   * @throws KafkaException when the brokers do not answer, or another replay takes over
   * @throws IllegalStateException when a filter leaves too many gaps to remember
   */
  public Result replay(LetterFilter filter) {
    try (KafkaProducer<byte[], byte[]> producer = producer();
        DeadLetters letters = new DeadLetters(kafka)) {
      // Ends what another replay has in the air; its notes are read after that.
      producer.initTransactions();
      return new Run(producer, letters, filter).all();
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> own = new HashMap<>();
    own.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    own.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    own.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) MAX_REQUEST_BYTES);
    own.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
    own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
    return new KafkaProducer<>(
        kafka.with(own), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** One replay. */
  private static final class Run {
    private final KafkaProducer<byte[], byte[]> producer;
    private final DeadLetters letters;
    private final LetterFilter filter;
    private final Map<String, Long> sent = new TreeMap<>();
    private final Map<String, Integer> partitionCounts = new HashMap<>();
    private long received;
    private long before;
    private long truncated;
    private long passedOver;
    private long left;
    private int records;
    private long bytes;

    Run(KafkaProducer<byte[], byte[]> producer, DeadLetters letters, LetterFilter filter) {
      this.producer = producer;
      this.letters = letters;
      this.filter = filter;
      this.left = filter.limit();
    }

    Result all() {
      List<TopicPartition> partitions = letters.partitions(filter);
      Map<TopicPartition, Replayed> notes = letters.replayed(partitions);
      for (TopicPartition partition : partitions) {
        if (left > 0) {
          replay(partition, notes.getOrDefault(partition, Replayed.of(null)));
        }
      }
      return new Result(received, sent, before, truncated, passedOver);
    }

    private void replay(TopicPartition partition, Replayed note) {
      boolean[] standing = {false};
      try {
        letters.read(
            partition,
            note.firstOpen(),
            letter -> {
              standing[0] |= !take(partition, note, letter, standing[0]);
              return left > 0;
            });
        commit(partition, note);
      } catch (RuntimeException e) {
        abort();
        throw e;
      }
    }

    /** Returns false when the letter is left standing. */
    private boolean take(
        TopicPartition partition, Replayed note, DeadLetter letter, boolean standing) {
      received++;
      long offset = letter.place().offset();
      if (note.contains(offset)) {
        before++;
        // Those before it may be done by now.
        note.add(offset, standing);
        return true;
      }
      if (!filter.takes(letter)) {
        passedOver++;
        return false;
      }
      if (letter.truncatedFromBytes() >= 0) {
        truncated++;
        return false;
      }
      note.add(offset, standing);
      if (!note.fits()) {
        throw new IllegalStateException(
            partition
                + ": the filter leaves more gaps than an offset's metadata can name;"
                + " replay without --reason, or less at once with --limit");
      }
      send(letter);
      if (records >= TRANSACTION_RECORDS || bytes >= TRANSACTION_BYTES) {
        commit(partition, note);
      }
      return true;
    }

    private void send(DeadLetter letter) {
      if (records == 0) {
        producer.beginTransaction();
      }
      String topic = letter.sourceTopic();
      int count = partitionCounts.computeIfAbsent(topic, t -> producer.partitionsFor(t).size());
      int partition = letter.sourcePartition();
      // The future is of no use: the commit waits for all sends and fails with the first.
      var unused =
          producer.send(
              new ProducerRecord<>(
                  topic,
                  partition >= 0 && partition < count ? partition : null,
                  null,
                  letter.key(),
                  letter.value(),
                  letter.ownHeaders()));
      records++;
      bytes += Math.max(0, letter.valueBytes());
      left--;
      sent.merge(topic, 1L, Long::sum);
    }

    private void commit(TopicPartition partition, Replayed note) {
      if (records == 0) {
        return;
      }
      producer.sendOffsetsToTransaction(Map.of(partition, note.toCommit()), letters.group());
      producer.commitTransaction();
      records = 0;
      bytes = 0;
    }

    private void abort() {
      if (records > 0) {
        // Closing without it would leave readers waiting for the transaction's timeout.
        try {
          producer.abortTransaction();
        } catch (KafkaException e) {
          // Fenced, or the brokers are away: the coordinator aborts it.
          producer.close(CLOSE_TIMEOUT);
        }
      }
    }
  }
}
