// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks;

import io.pkgslo.analyzer.export.CommittedSubjects;
import io.pkgslo.analyzer.export.SubjectCollector;
import io.pkgslo.analyzer.sli.ObjectiveSet;
import io.pkgslo.analyzer.sli.SliOutput;
import io.pkgslo.analyzer.sli.SliStage;
import io.pkgslo.analyzer.sli.StageSettings;
import io.pkgslo.analyzer.sli.SubjectLimits;
import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.SliBucket;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Observations into the window stage, and the exposition of all subjects, each per subject. Beside
 * the exposition: a counter and a histogram of the Prometheus client with the same labels.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ExpositionBenchmark {
  private static final int SUBJECTS = 1_000;
  private static final long SECOND = 1_700_000_000L;
  private static final SliOutput NOWHERE = new Nowhere();

  private final ObservationBlock block = block();
  private final SliStage stage =
      new SliStage(
          new StageSettings(0, 10_000, 7 * 86_400_000L, 3_600_000, 10_000, limits()),
          new MemoryMap(),
          ObjectiveSet.EMPTY,
          (reason, items, example) -> {});
  private final CollectorRegistry ours = ours();
  private final CollectorRegistry theirs = theirs();

  private static final class Nowhere implements SliOutput {
    @Override
    public void bucket(SliBucket bucket) {}

    @Override
    public void closedThrough(long epochMillis) {}
  }

  private static SubjectLimits limits() {
    return new SubjectLimits(2 * SUBJECTS, 2 * SUBJECTS);
  }

  private static String path(int subject) {
    return "github.com/acme/shop/internal/pkg" + subject;
  }

  private static ObservationBlock block() {
    ObservationBlock.Builder block = ObservationBlock.newBuilder();
    block.addOriginBuilder().setService("shop").setVersion("v1").setArm("v1").setProcess("p");
    for (int i = 0; i < SUBJECTS; i++) {
      CallCount.Builder call = CallCount.newBuilder().setPackageIndex(i).setKind(1);
      call.setBucketEpochSeconds(SECOND).setCount(2).setWeight(2 << 20);
      for (int bucket = 0; bucket < 4; bucket++) {
        call.addSketchIndex(500 + 7 * i % 100 + bucket).addSketchCount(1);
      }
      block.addPackage(path(i)).addCall(call);
    }
    return block.build();
  }

  private CollectorRegistry ours() {
    stage.accept(block, NOWHERE);
    CommittedSubjects.Partition partition = new CommittedSubjects.Partition();
    partition.publish(stage.takeUnexported(), Long.MIN_VALUE);
    CommittedSubjects committed = new CommittedSubjects();
    committed.show(0, partition);
    CollectorRegistry registry = new CollectorRegistry();
    registry.register(new SubjectCollector(committed, () -> ObjectiveSet.EMPTY));
    return registry;
  }

  private static CollectorRegistry theirs() {
    CollectorRegistry registry = new CollectorRegistry();
    String[] labels = {"service", "version", "package"};
    Counter calls = Counter.build("calls", "Calls.").labelNames(labels).register(registry);
    Histogram seconds =
        Histogram.build("seconds", "Durations.").labelNames(labels).register(registry);
    for (int i = 0; i < SUBJECTS; i++) {
      calls.labels("shop", "v1", path(i)).inc();
      seconds.labels("shop", "v1", path(i)).observe(0.01);
    }
    return registry;
  }

  /** Ours: one observation of each subject into its windows. */
  @Benchmark
  @OperationsPerInvocation(SUBJECTS)
  public int observe() {
    stage.accept(block, NOWHERE);
    return stage.subjects();
  }

  /** Ours: all families. */
  @Benchmark
  @OperationsPerInvocation(SUBJECTS)
  public void expose() throws IOException {
    TextFormat.write004(Writer.nullWriter(), ours.metricFamilySamples());
  }

  /** The client's own: two families. */
  @Benchmark
  @OperationsPerInvocation(SUBJECTS)
  public void exposeClientLibrary() throws IOException {
    TextFormat.write004(Writer.nullWriter(), theirs.metricFamilySamples());
  }
}
