// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.correlate.ProcessSettings;
import io.pkgslo.analyzer.correlate.TraceSettings;
import io.pkgslo.analyzer.export.CommittedSubjects;
import io.pkgslo.analyzer.export.StageMeters;
import io.pkgslo.analyzer.sli.Observations;
import io.pkgslo.analyzer.sli.TestObjectives;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.SubjectState;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.streams.CommitListeners;
import io.pkgslo.platform.streams.RecordAccounts;
import io.prometheus.client.CollectorRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Over each bound of the analyzer: what has a subject counts in the overflow, what has none counts
 * as it stands, a counter tells how much there was, and the log says so once a minute.
 */
class BoundsTest {
  private static final long NOON = 1_795_176_000_000L;
  private static final String CART = "github.com/acme/shop/pkg/cart";

  private final HandClock clock = new HandClock();
  private final StageMeters meters = new StageMeters(clock, List.of());
  private final CollectorRegistry registry = new CollectorRegistry();
  private final List<String> said = new ArrayList<>();
  private final ThrottledDrops drops = new ThrottledDrops(meters, clock, said::add);

  @TempDir private Path directory;

  @BeforeEach
  void register() {
    registry.register(meters);
  }

  private AnalyzerContext shared(
      String topic, TraceSettings traces, ProcessSettings processes, int subjects, int ofService) {
    AnalyzerSettings defaults = AnalyzerSettings.defaults(KafkaSettings.of("none:1"), 1, directory);
    AnalyzerSettings small =
        new AnalyzerSettings(
            defaults.kafka(),
            1,
            defaults.streams(),
            traces,
            processes,
            defaults.retention(),
            defaults.lateMinutes(),
            subjects,
            ofService,
            defaults.maxLabelSets(),
            defaults.maxObjectives(),
            Duration.ZERO);
    return TestTask.shared(small, topic, new CommitListeners(), new CommittedSubjects());
  }

  private double dropped(String reason) {
    Double count =
        registry.getSampleValue(
            "pkgslo_items_dropped_total",
            new String[] {"stage", "reason"},
            new String[] {"analyzer", reason});
    return count == null ? 0 : count;
  }

  private void assertSaidOnce(String reason) {
    assertThat(said).filteredOn(line -> line.contains(reason)).hasSize(1);
  }

  private static void pass(MockProcessorContext<Route, byte[]> context) {
    context.scheduledPunctuators().stream()
        .filter(punctuator -> !punctuator.cancelled())
        .forEach(punctuator -> punctuator.getPunctuator().punctuate(NOON));
  }

  private void traces(TraceSettings settings, String topic, byte[]... blocks) {
    var context =
        TestTask.context(directory, topic, TestTask.store(AnalyzerTopology.TRACE_STORE), NOON);
    TraceProcessor processor =
        new TraceProcessor(shared(topic, settings, ProcessSettings.defaults(), 100, 100), drops);
    processor.init(context);
    for (byte[] block : blocks) {
      processor.process(new Record<>(null, block, NOON));
      pass(context);
    }
  }

  @Test
  void openTraces() {
    byte[][] blocks = new byte[3][];
    for (int i = 0; i < 3; i++) {
      blocks[i] = FactBlocks.spans(0, 1, 1 + 100L * i, 100, CART, NOON).toByteArray();
    }
    traces(new TraceSettings(10_000, 600_000, 10_000, 600_000, 100, 10_000), Topics.SPANS, blocks);

    assertThat(dropped("open_spans_exceeded")).isEqualTo(200);
    assertSaidOnce("open_spans_exceeded, such as in trace of partition 0");
  }

  @Test
  void unmatchedLogs() {
    byte[][] blocks = new byte[5][];
    for (int i = 0; i < 5; i++) {
      blocks[i] = log(i + 1).toByteArray();
    }
    traces(new TraceSettings(10_000, 600_000, 10_000, 600_000, 10_000, 2), Topics.LOGS, blocks);

    assertThat(dropped("waiting_exceeded")).isEqualTo(3);
    assertSaidOnce("waiting_exceeded, such as in trace of partition 0");
  }

  /** Of a trace whose span does not come. */
  private static LogBlock log(long identity) {
    return LogBlock.newBuilder()
        .setAppendedMillis(NOON)
        .addOrigin(FactBlocks.ORIGIN)
        .addPackage("")
        .addIdentityHigh(7)
        .addIdentityLow(identity)
        .addTraceIdHigh(0)
        .addTraceIdLow(4711)
        .addSpanId(identity)
        .addOriginIndex(0)
        .addPackageIndex(0)
        .addSeverity(17)
        .addTimeEpochNanos(NOON * 1_000_000)
        .build();
  }

  /** A process in which a crash may be open is kept, and so is what waits in it. */
  @Test
  void openCrashes() {
    var context =
        TestTask.context(
            directory, Topics.PROCESS, TestTask.store(AnalyzerTopology.PROCESS_STORE), NOON);
    ProcessProcessor processor =
        new ProcessProcessor(
            shared(
                Topics.PROCESS,
                TraceSettings.defaults(),
                new ProcessSettings(10_000, 600_000, 1_000, 2, 3, Map.of(), BlamePolicy.DEFAULT),
                100,
                100),
            drops);
    processor.init(context);
    for (int i = 0; i < 5; i++) {
      ProcessBlock block = FactBlocks.init(CART + i, 1_000_000, NOON);
      Origin other = FactBlocks.ORIGIN.toBuilder().setProcess("pod:" + i + "/app").build();
      processor.process(
          new Record<>(null, block.toBuilder().setOrigin(0, other).build().toByteArray(), NOON));
    }

    assertThat(dropped("processes_exceeded")).isEqualTo(3);
    assertThat(dropped("waiting_exceeded")).isEqualTo(2);
    assertSaidOnce("processes_exceeded, such as in process of partition 0");
    assertSaidOnce("waiting_exceeded, such as in process of partition 0");
  }

  /** Calls by service, version and package, as they are announced. */
  private Map<String, Long> subjects(int limit, int ofService, Observations... blocks)
      throws Exception {
    var context =
        TestTask.context(
            directory, Topics.OBSERVATIONS, TestTask.store(AnalyzerTopology.WINDOW_STORE), NOON);
    WindowProcessor processor =
        new WindowProcessor(
            shared(
                Topics.OBSERVATIONS,
                TraceSettings.defaults(),
                ProcessSettings.defaults(),
                limit,
                ofService),
            drops);
    processor.init(context);
    for (Observations block : blocks) {
      processor.process(new Record<>(null, block.build().toByteArray(), NOON));
    }
    pass(context);
    Map<String, Long> calls = new TreeMap<>();
    for (var forward : context.forwarded(AnalyzerTopology.SUBJECTS_SINK)) {
      SubjectState state = SubjectState.parseFrom(forward.record().value());
      if (!state.getPackage().isEmpty()) {
        calls.put(
            state.getService() + " " + state.getVersion() + " " + state.getPackage(),
            state.getCalls() >> 20);
      }
    }
    return calls;
  }

  private static Observations calls(String service, String version, int packages) {
    Observations block = Observations.block().of(service, version, "pod:1/app");
    for (int i = 0; i < packages; i++) {
      block.calls("pkg/" + i, NOON, 10, 0);
    }
    return block;
  }

  @Test
  void subjectsOfAService() throws Exception {
    assertThat(subjects(100, 2, calls("shop", "1", 5), calls("till", "1", 1)))
        .isEqualTo(
            Map.of(
                "shop 1 pkg/0", 10L,
                "shop 1 pkg/1", 10L,
                "shop (partition 0) (overflow)", 30L,
                "till 1 pkg/0", 10L));
    assertThat(dropped("subject_limit")).isEqualTo(3);
    assertSaidOnce("subject_limit, such as ");
  }

  @Test
  void subjectsInAll() throws Exception {
    assertThat(subjects(2, 100, calls("shop", "1", 2), calls("till", "1", 2), calls("x", "1", 3)))
        .isEqualTo(
            Map.of(
                "shop 1 pkg/0", 10L,
                "shop 1 pkg/1", 10L,
                "(overflow) (partition 0) (overflow)", 50L));
    assertThat(dropped("subject_limit")).isEqualTo(5);
    assertSaidOnce("subject_limit, such as ");
  }

  /** Ingest has counted them and said so; they take no place from anybody. */
  @Test
  void namesThatAreTooLongForALabel() throws Exception {
    assertThat(
            subjects(
                100,
                100,
                calls("(overflow)", "(overflow)", 7),
                calls("shop", "(overflow)", 3),
                calls("shop", "1", 1)))
        .isEqualTo(
            Map.of(
                "(overflow) (partition 0) (overflow)", 70L,
                "shop (partition 0) (overflow)", 30L,
                "shop 1 pkg/0", 10L));
    assertThat(dropped("subject_limit")).isZero();
  }

  @Test
  void objectives() {
    RecordAccounts accounts = new RecordAccounts("analyzer", List.of(Topics.OBJECTIVES));
    try (ObjectiveStore store =
        new ObjectiveStore(KafkaSettings.of("none:1"), 2, meters, drops, accounts)) {
      for (String id : List.of("c", "b", "a", "b", "aa")) {
        store.read(objective(id));
      }
      assertThat(store.objectives().latest()).extracting(v -> v.id()).containsExactly("b", "c");
      store.read(
          new ConsumerRecord<>(
              Topics.OBJECTIVES, 0, 9, "c".getBytes(StandardCharsets.UTF_8), null));
      store.read(objective("d"));
      assertThat(store.objectives().latest()).extracting(v -> v.id()).containsExactly("b", "d");
    }
    assertThat(dropped("objective_limit")).isEqualTo(2);
    assertSaidOnce("objective_limit, such as a");
  }

  private static ConsumerRecord<byte[], byte[]> objective(String id) {
    Objective objective = TestObjectives.wire(id, Objective.Sli.AVAILABILITY, "0.999", 0, 0);
    return new ConsumerRecord<>(
        Topics.OBJECTIVES, 0, 0, id.getBytes(StandardCharsets.UTF_8), objective.toByteArray());
  }
}
