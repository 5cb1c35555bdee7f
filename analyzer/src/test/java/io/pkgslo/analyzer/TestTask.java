// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.analyzer.correlate.RecentErrors;
import io.pkgslo.analyzer.export.CommittedSubjects;
import io.pkgslo.analyzer.export.EndToEnd;
import io.pkgslo.analyzer.export.StageMeters;
import io.pkgslo.analyzer.sli.TestObjectives;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.streams.CommitListeners;
import io.pkgslo.platform.streams.RecordAccounts;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The surroundings of one processor, for partition 0 of one topic. */
final class TestTask {
  private TestTask() {}

  static KeyValueStore<Bytes, byte[]> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled()
        .build();
  }

  static AnalyzerContext shared(
      Path directory, String topic, CommitListeners commits, CommittedSubjects committed) {
    return shared(
        AnalyzerSettings.defaults(KafkaSettings.of("none:1"), 1, directory),
        topic,
        commits,
        committed);
  }

  static AnalyzerContext shared(
      AnalyzerSettings settings,
      String topic,
      CommitListeners commits,
      CommittedSubjects committed) {
    return new AnalyzerContext(
        settings,
        commits,
        committed,
        new StageMeters(Clock.systemUTC(), List.of()),
        new RecordAccounts("analyzer", List.of(topic)),
        new EndToEnd(Clock.systemUTC()),
        new RecentErrors(10, 2),
        TestObjectives::defaults);
  }

  /** Nobody listens. */
  static ThrottledDrops drops() {
    return new ThrottledDrops(
        new StageMeters(Clock.systemUTC(), List.of()), Clock.systemUTC(), warning -> {});
  }

  static MockProcessorContext<Route, byte[]> context(
      Path directory, String topic, KeyValueStore<Bytes, byte[]> store, long nowMillis) {
    MockProcessorContext<Route, byte[]> context =
        new MockProcessorContext<>(new Properties(), new TaskId(0, 0), directory.toFile());
    context.setRecordMetadata(topic, 0, 0);
    context.setCurrentSystemTimeMs(nowMillis);
    for (KeyValueStore<Bytes, byte[]> each :
        List.of(store, store(AnalyzerTopology.DEGRADED_STORE))) {
      context.addStateStore(each);
      each.init(context.getStateStoreContext(), each);
    }
    return context;
  }
}
