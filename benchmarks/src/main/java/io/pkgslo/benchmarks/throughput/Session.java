// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import io.pkgslo.alerts.objective.MetricBuckets;
import io.pkgslo.alerts.objective.ObjectivePublisher;
import io.pkgslo.benchmarks.load.TopicFiller;
import io.pkgslo.benchmarks.load.TopicFiller.Filled;
import io.pkgslo.broker.BrokerProcess;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.platform.TopicAdmin;
import io.pkgslo.platform.TopicPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/**
 * One workload from an empty broker to its results. Between the runs all topics but the source are
 * made anew, so that every run starts from the same state.
 */
final class Session implements AutoCloseable {
  private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(30);
  private static final int BROKER_HEAP_MEBIBYTES = 512;

  private final Workload workload;
  private final Path home;
  private final Path directory;
  private final List<String> jvmOptions;
  private final Consumer<String> progress;
  private final BrokerProcess broker;
  private final KafkaSettings kafka;
  private final Clock clock = Clock.systemUTC();
  private int run;

  /**
   * @param home of the source tree
   * @param directory empty, for the broker's data, state and logs
   * @param progress is told what happens
   */
  Session(
      Workload workload,
      Path home,
      Path directory,
      List<String> jvmOptions,
      Consumer<String> progress) {
    this.workload = workload;
    this.home = home;
    this.directory = directory;
    this.jvmOptions = jvmOptions;
    this.progress = progress;
    this.broker =
        BrokerProcess.builder(directory.resolve("broker"))
            .heapMebibytes(BROKER_HEAP_MEBIBYTES)
            .start();
    this.kafka = KafkaSettings.of(broker.bootstrapServers());
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Makes the topic. */
  Filled fill() throws IOException {
    progress.accept(
        workload.name()
            + ": writing "
            + workload.spans()
            + " "
            + workload.traffic().signal().label());
    return new TopicFiller(kafka, clock)
        .fill(
            workload.traffic().signal().topic(),
            workload.traffic().templates(home),
            new TopicFiller.Amount(
                workload.spans(), workload.traffic().perSecond(), workload.compression()));
  }

  /**
   * @param analyzer whether it is measured too
   */
  Results measure(Filled filled, boolean analyzer) throws IOException {
    List<Results.Round> rounds = new ArrayList<>();
    for (int i = 1; i <= workload.runs(); i++) {
      progress.accept(workload.name() + ": round " + i + " of " + workload.runs());
      Results.Round round = round(filled, analyzer);
      progress.accept(
          String.format(
              Locale.ROOT,
              "%s: CPU s per million spans: bare %.3f, ingest alone %.3f, ingest and analyzer %.3f",
              workload.name(),
              round.bare().cpuPerMillionSpans(),
              round.ingest().cpuPerMillionSpans(),
              round.togetherCpu()));
      rounds.add(round);
    }
    return new Results(workload, filled, rounds);
  }

  private Results.Round round(Filled filled, boolean withAnalyzer) throws IOException {
    Measurement bare = alone(Role.BARE, filled);
    Measurement bareBuffer = alone(Role.BARE_BUFFER, filled);
    Measurement generated = workload.generated() ? alone(Role.GENERATED, filled) : Measurement.NONE;
    prepare();
    Measurement ingest = alone(Role.INGEST, filled);
    if (!withAnalyzer) {
      return new Results.Round(
          bare, bareBuffer, generated, ingest, Measurement.NONE, Measurement.NONE);
    }
    prepare();
    int number = ++run;
    Duration before = brokerCpu();
    try (RoleProcess analyzer = start(Role.ANALYZER, filled, number).awaitReady();
        RoleProcess beside = start(Role.INGEST, filled, number).awaitReady()) {
      Measurement ingestBeside = beside.awaitResult();
      Measurement analyzed = analyzer.awaitResult();
      return new Results.Round(
          bare,
          bareBuffer,
          generated,
          ingest,
          ingestBeside,
          analyzed.with(Measurement.BROKER_CPU_SECONDS, secondsSince(before)));
    }
  }

  private Measurement alone(Role role, Filled filled) throws IOException {
    Duration before = brokerCpu();
    try (RoleProcess process = start(role, filled, ++run).awaitReady()) {
      return process.awaitResult().with(Measurement.BROKER_CPU_SECONDS, secondsSince(before));
    }
  }

  private RoleProcess start(Role role, Filled filled, int number) throws IOException {
    RoleArguments arguments =
        new RoleArguments(
            role,
            broker.bootstrapServers(),
            workload.traffic().signal(),
            filled.records(),
            filled.items(),
            filled.marks(),
            workload.warmSpans(),
            workload.traffic().subjects(),
            number,
            directory.resolve("state-" + number).toString());
    return RoleProcess.start(arguments, jvmOptions, directory);
  }

  private double secondsSince(Duration before) {
    return brokerCpu().minus(before).toMillis() / 1e3;
  }

  private Duration brokerCpu() {
    return ProcessHandle.of(broker.pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** Topics as on a first day, and the workload's objectives on theirs. */
  private void prepare() throws IOException {
    try (Admin admin = Admin.create(kafka.with(Map.of()))) {
      Set<String> old =
          admin.listTopics().names().get().stream()
              .filter(name -> !name.equals(workload.traffic().signal().topic()))
              .collect(Collectors.toSet());
      admin.deleteTopics(old).all().get();
    } catch (ExecutionException e) {
      throw new IOException("topics of the last run were not deleted: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    new TopicAdmin(kafka, KAFKA_TIMEOUT).ensure(TopicPlan.of(IngestRole.PARTITIONS));
    new ObjectivePublisher(kafka, MetricBuckets.NONE, clock)
        .publish(workload.objectives().objectives());
  }

  @Override
  public void close() {
    broker.close();
  }
}
