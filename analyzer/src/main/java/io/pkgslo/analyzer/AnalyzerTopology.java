// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.model.Topics;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TopicNameExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jboss.logging.Logger;

/**
 * The analyzer in the order of its flow. Three sub-topologies that meet on topics: traces, the
 * processes that panics belong to, and windows. Each topic is written by our own partition function
 * and has as many partitions as every other, which is checked before the start.
 */
final class AnalyzerTopology {
  private static final Logger LOG = Logger.getLogger(AnalyzerTopology.class);

  static final String TRACE = "trace";
  static final String PROCESS = "process";
  static final String WINDOW = "window";

  static final String TRACE_STORE = "trace-blocks";
  static final String PROCESS_STORE = "process-blocks";
  static final String WINDOW_STORE = "subjects";
  static final String DEGRADED_STORE = "degraded";

  static final String PANICS_SINK = "panics";

  /** Reports for the partition where their process is at home; the processor reads them, too. */
  static final String PROCESS_PANICS_SINK = "process-panics";

  /** Audit records for the partition of a trace that became known; the trace task reads them. */
  static final String PROCESS_LOGS_SINK = "process-logs";

  static final String TRACE_OBSERVATIONS_SINK = "trace-observations";
  static final String PROCESS_OBSERVATIONS_SINK = "process-observations";
  static final String SLIS_SINK = "slis";
  static final String SUBJECTS_SINK = "subjects-now";
  static final String DECISIONS_SINK = "degrade-checks";
  static final String TRACE_DEAD_LETTERS = "trace-dead-letters";
  static final String PROCESS_DEAD_LETTERS = "process-dead-letters";
  static final String WINDOW_DEAD_LETTERS = "window-dead-letters";

  private static final ByteArrayDeserializer BYTES_IN = new ByteArrayDeserializer();
  private static final ByteArraySerializer BYTES_OUT = new ByteArraySerializer();

  private final Topology topology = new Topology();
  private final AnalyzerContext shared;
  private final ThrottledDrops drops;

  private AnalyzerTopology(AnalyzerContext shared, Clock clock) {
    this.shared = shared;
    this.drops = new ThrottledDrops(shared.meters(), clock, LOG::warn);
  }

  static Topology of(AnalyzerContext shared, Clock clock) {
    AnalyzerTopology flow = new AnalyzerTopology(shared, clock);
    flow.traces();
    flow.processes();
    flow.windows();
    return flow.topology;
  }

  private void traces() {
    source("spans-in", Topics.SPANS);
    source("logs-in", Topics.LOGS);
    topology.addProcessor(TRACE, () -> new TraceProcessor(shared, drops), "spans-in", "logs-in");
    topology.addStateStore(store(TRACE_STORE), TRACE);
    sink(PANICS_SINK, Topics.PANICS, TRACE);
    sink(TRACE_OBSERVATIONS_SINK, Topics.OBSERVATIONS, TRACE);
    deadLetters(TRACE_DEAD_LETTERS, TRACE);
  }

  private void processes() {
    source("process-in", Topics.PROCESS);
    source("panics-in", Topics.PANICS);
    topology.addProcessor(
        PROCESS, () -> new ProcessProcessor(shared, drops), "process-in", "panics-in");
    topology.addStateStore(store(PROCESS_STORE), PROCESS);
    sink(PROCESS_PANICS_SINK, Topics.PANICS, PROCESS);
    sink(PROCESS_LOGS_SINK, Topics.LOGS, PROCESS);
    sink(PROCESS_OBSERVATIONS_SINK, Topics.OBSERVATIONS, PROCESS);
    deadLetters(PROCESS_DEAD_LETTERS, PROCESS);
  }

  private void windows() {
    source("observations-in", Topics.OBSERVATIONS);
    topology.addProcessor(WINDOW, () -> new WindowProcessor(shared, drops), "observations-in");
    topology.addStateStore(store(WINDOW_STORE), WINDOW);
    sink(SLIS_SINK, Topics.SLIS, WINDOW);
    topology.addStateStore(store(DEGRADED_STORE), WINDOW);
    sink(SUBJECTS_SINK, Topics.SUBJECTS, WINDOW);
    sink(DECISIONS_SINK, Topics.DECISIONS, WINDOW);
    deadLetters(WINDOW_DEAD_LETTERS, WINDOW);
  }

  private void source(String name, String topic) {
    topology.addSource(name, BYTES_IN, BYTES_IN, topic);
  }

  private void sink(String name, String topic, String parent) {
    topology.addSink(name, topic, Route.SERIALIZER, BYTES_OUT, Route.PARTITIONER, parent);
  }

  private void deadLetters(String name, String parent) {
    TopicNameExtractor<Route, byte[]> ofSource =
        (route, value, context) -> Topics.deadLetterOf(context.topic());
    topology.addSink(name, ofSource, Route.SERIALIZER, BYTES_OUT, Route.PARTITIONER, parent);
  }

  /** On disk and in a changelog: what is needed in memory is made from it. */
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(Map.of());
  }
}
