// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

/** Reading one block of spans, per span, beside reading one message per span. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class BlockBenchmark {
  static final int SPANS = 7_500;
  private static final long SEED = 3;

  private final byte[] block = block(new Random(SEED)).toByteArray();
  private final List<byte[]> messages = messages();

  /** A block of random ids, four origins' worth of packages, one bucket of time. */
  static SpanBlock block(Random random) {
    SpanBlock.Builder block = SpanBlock.newBuilder().setAppendedMillis(1_700_000_000_000L);
    block.addOriginBuilder().setService("shop").setVersion("v1").setProcess("pod:1/shop");
    block.addPackage("");
    for (int i = 1; i <= 100; i++) {
      block.addPackage("github.com/acme/shop/internal/pkg" + i);
    }
    for (int i = 0; i < SPANS; i++) {
      block
          .addTraceIdHigh(random.nextLong())
          .addTraceIdLow(random.nextLong())
          .addSpanId(random.nextLong())
          .addParentSpanId(random.nextLong())
          .addOriginIndex(0)
          .addPackageIndex(1 + i / 75)
          .addTraits(1)
          .addEndEpochNanos(1_700_000_000_000_000_000L + random.nextInt(1_000_000_000))
          .addDurationNanos(random.nextInt(50_000_000))
          .addWeight(1 << 20);
    }
    return block.build();
  }

  /** As many messages of about as many fields. */
  private static List<byte[]> messages() {
    Random random = new Random(SEED);
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < SPANS; i++) {
      messages.add(
          CallCount.newBuilder()
              .setOriginIndex(i)
              .setPackageIndex(i)
              .setBucketEpochSeconds(random.nextLong())
              .setKind(1)
              .setCount(random.nextLong())
              .setWeight(1 << 20)
              .setDurationSumNanos(random.nextInt(50_000_000))
              .setExampleDurationNanos(random.nextLong())
              .build()
              .toByteArray());
    }
    return messages;
  }

  /** Ours. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public long columns() throws InvalidProtocolBufferException {
    SpanBlock parsed = SpanBlock.parseFrom(block);
    long sum = 0;
    for (int i = 0; i < parsed.getSpanIdCount(); i++) {
      sum += parsed.getSpanId(i) + parsed.getDurationNanos(i);
    }
    return sum;
  }

  /** One record per span. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public long messagePerSpan() throws InvalidProtocolBufferException {
    long sum = 0;
    for (byte[] message : messages) {
      CallCount parsed = CallCount.parseFrom(message);
      sum += parsed.getCount() + parsed.getDurationSumNanos();
    }
    return sum;
  }
}
