// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.analyzer.wire.DegradedRecord;
import io.pkgslo.model.DegradeCheck;
import io.pkgslo.model.wire.SloState;
import io.pkgslo.model.wire.SubjectState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which budgets of one partition were told to be degraded. It commits with the events that tell so,
 * hence each crossing of the line is told once, whatever restarts. Few budgets are degraded, so all
 * of it is in memory as well. Mutable, single-threaded.
 */
final class DegradedStore {
  private static final int FORMAT = 1;
  private static final char SEPARATOR = '\0';

  private final KeyValueStore<Bytes, byte[]> store;
  private final Map<String, Set<String>> bySubject = new HashMap<>();

  DegradedStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> record = all.next();
        bySubject.put(new String(record.key.get(), StandardCharsets.UTF_8), seriesOf(record.value));
      }
    }
  }

  private static Set<String> seriesOf(byte[] value) {
    try {
      DegradedRecord record = DegradedRecord.parseFrom(value);
      if (record.getFormat() > FORMAT) {
        throw new IllegalStateException(
            "degraded budgets were written by a newer version: format " + record.getFormat());
      }
      return new TreeSet<>(record.getSeriesList());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("degraded budgets cannot be read back", e);
    }
  }

  /** Whether a budget of the subject was told to be degraded, and no recovery since. */
  boolean isTold(String subject) {
    return bySubject.containsKey(subject);
  }

  /**
   * Compares a subject's budgets with what was told of them.
   *
   * @param subject its key
   * @param throughMillis event time up to which everything is counted in {@code state}
   * @return the crossings, which must be sent in the same transaction
   */
  List<DegradeCheck> check(String subject, SubjectState state, long throughMillis) {
    Set<String> before = bySubject.getOrDefault(subject, Set.of());
    Set<String> now = new TreeSet<>();
    List<DegradeCheck> crossings = new ArrayList<>();
    for (SloState slo : state.getSloList()) {
      String series = series(slo);
      if (slo.getDegraded()) {
        now.add(series);
      }
      if (slo.getDegraded() != before.contains(series)) {
        crossings.add(crossing(state, slo, throughMillis));
      }
    }
    // Of an objective that is gone nothing is told: its budget did not recover.
    if (!now.equals(before)) {
      keep(subject, now);
    }
    return crossings;
  }

  /** A subject that is forgotten: nothing of it is told any more. */
  void forget(String subject) {
    if (bySubject.containsKey(subject)) {
      keep(subject, Set.of());
    }
  }

  private void keep(String subject, Set<String> series) {
    Bytes key = Bytes.wrap(subject.getBytes(StandardCharsets.UTF_8));
    if (series.isEmpty()) {
      bySubject.remove(subject);
      store.delete(key);
    } else {
      bySubject.put(subject, series);
      DegradedRecord record =
          DegradedRecord.newBuilder().setFormat(FORMAT).addAllSeries(series).build();
      store.put(key, record.toByteArray());
    }
  }

  private static String series(SloState slo) {
    StringBuilder series = new StringBuilder(slo.getSlo());
    slo.getLabelValueList().forEach(value -> series.append(SEPARATOR).append(value));
    return series.toString();
  }

  private static DegradeCheck crossing(SubjectState state, SloState slo, long throughMillis) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < slo.getLabelNameCount(); i++) {
      labels.put(slo.getLabelName(i), slo.getLabelValue(i));
    }
    return new DegradeCheck(
        slo.getDegraded(),
        state.getService(),
        state.getVersion(),
        state.getPackage(),
        slo.getSlo(),
        labels,
        slo.getTarget(),
        slo.getPeriodSeconds(),
        slo.hasBudgetRemaining() ? slo.getBudgetRemaining() : null,
        Instant.ofEpochMilli(throughMillis));
  }
}
