// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Watches this process while it works: what it had used when the warm-up was over, and when it was
 * done. CPU time is that of all threads, garbage collection included; that of the compiler's
 * threads is kept apart, because a service that has run for a minute does not spend it any more.
 * Allocation is that of Java threads. Single-threaded; asks every few milliseconds.
 */
final class Sampler {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Per thread, so that what a thread that ended had allocated stays in the sum. */
  private final Map<Long, Long> allocated = new HashMap<>();

  private final LongSupplier spans;
  private final LongSupplier producedBytes;
  private final long intervalMillis;

  /**
   * @param spans how many spans are done
   * @param producedBytes how many bytes were handed to the producer
   */
  Sampler(LongSupplier spans, LongSupplier producedBytes, long intervalMillis) {
    this.spans = spans;
    this.producedBytes = producedBytes;
    this.intervalMillis = intervalMillis;
  }

  private record Sample(
      long nanos,
      long spans,
      long cpuNanos,
      long jitNanos,
      long allocated,
      long produced,
      long gcMillis) {}

  /**
   * Returns when {@code total} spans are done.
   *
   * @throws IllegalStateException if more are done, or nothing has moved for too long
   */
  Measurement watch(long warmSpans, long total, long patienceMillis) throws InterruptedException {
    Sample warm = await(warmSpans, patienceMillis);
    Sample end = await(total, patienceMillis);
    if (end.spans() != total) {
      throw new IllegalStateException("counted " + end.spans() + " of " + total + " spans");
    }
    Map<String, Double> values = new TreeMap<>();
    values.put(Measurement.SPANS, (double) (end.spans() - warm.spans()));
    values.put(Measurement.TOTAL_SPANS, (double) end.spans());
    values.put(Measurement.WALL_SECONDS, (end.nanos() - warm.nanos()) / NANOS_PER_SECOND);
    double jit = (end.jitNanos() - warm.jitNanos()) / NANOS_PER_SECOND;
    double cpu = (end.cpuNanos() - warm.cpuNanos()) / NANOS_PER_SECOND;
    values.put(Measurement.CPU_SECONDS, cpu - jit);
    values.put(Measurement.JIT_SECONDS, jit);
    values.put(Measurement.ALLOCATED_BYTES, (double) (end.allocated() - warm.allocated()));
    values.put(Measurement.PRODUCED_BYTES, (double) (end.produced() - warm.produced()));
    values.put(Measurement.GC_SECONDS, (end.gcMillis() - warm.gcMillis()) / MILLIS_PER_SECOND);
    values.put(Measurement.PEAK_RSS_BYTES, peakRssBytes());
    return new Measurement(values);
  }

  private Sample await(long wanted, long patienceMillis) throws InterruptedException {
    long last = -1;
    long movedNanos = System.nanoTime();
    while (true) {
      long done = spans.getAsLong();
      long now = System.nanoTime();
      if (done >= wanted) {
        return sample(now, done);
      }
      if (done != last) {
        last = done;
        movedNanos = now;
      } else if ((now - movedNanos) / 1_000_000 > patienceMillis) {
        throw new IllegalStateException("stuck at " + done + " of " + wanted + " spans");
      }
      allocatedBytes();
      Thread.sleep(intervalMillis);
    }
  }

  private Sample sample(long nanos, long done) {
    return new Sample(
        nanos,
        done,
        system.getProcessCpuTime(),
        CompilerThreads.cpuNanos(),
        allocatedBytes(),
        producedBytes.getAsLong(),
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .sum());
  }

  private long allocatedBytes() {
    long[] ids = threads.getAllThreadIds();
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    for (int i = 0; i < ids.length; i++) {
      if (bytes[i] > 0) {
        allocated.put(ids[i], bytes[i]);
      }
    }
    return allocated.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Peak resident memory as Linux counts it; the used heap where there is no /proc. */
  private static double peakRssBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.UTF_8)) {
        if (line.startsWith("VmHWM:")) {
          return Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
    } catch (IOException e) {
      // Not Linux.
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
