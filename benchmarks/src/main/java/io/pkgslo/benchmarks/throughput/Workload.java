// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import io.pkgslo.benchmarks.load.RecordedSpans;
import io.pkgslo.benchmarks.load.SyntheticSpans;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A topic and how often it is read.
 *
 * @param name in reports
 * @param traffic what stands on the topic
 * @param objectives that are counted for
 * @param compression of the topic, as Kafka names it
 * @param spans on the topic
 * @param warmSpans spans that are read before the measured part begins: the JVM compiles meanwhile
 * @param runs alternating runs of each role
 */
record Workload(
    String name,
    Traffic traffic,
    ObjectiveLoad objectives,
    String compression,
    long spans,
    long warmSpans,
    int runs) {
  /** With the default objectives. */
  Workload(String name, Traffic traffic, String compression, long spans, long warmSpans, int runs) {
    this(name, traffic, new ObjectiveLoad.Defaults(), compression, spans, warmSpans, runs);
  }

  Workload {
    if (warmSpans < 0 || warmSpans >= spans || runs < 1) {
      throw new IllegalArgumentException(name + ": nothing to measure");
    }
  }

  /** What the records hold. */
  sealed interface Traffic {
    List<byte[]> records(Path home) throws IOException;

    /** Distinct (service, version, package); 0 when only the run can tell. */
    int subjects();

    /** Made up, of a known shape. */
    record Synthetic(SyntheticSpans.Shape shape) implements Traffic {
      @Override
      public List<byte[]> records(Path home) {
        return SyntheticSpans.records(shape);
      }

      @Override
      public int subjects() {
        return shape.subjects();
      }
    }

    /** A recording of the shop, over and over. */
    record Recorded(String file) implements Traffic {
      @Override
      public List<byte[]> records(Path home) throws IOException {
        return RecordedSpans.records(home.resolve("deploy/recording").resolve(file));
      }

      @Override
      public int subjects() {
        return 0;
      }
    }
  }

  /** 1,000 packages of ten services. */
  static Traffic packages() {
    return new Traffic.Synthetic(new SyntheticSpans.Shape(10, 1, 100, 10));
  }

  /** 100,000 subjects: 100 services of 500 packages in two versions. */
  static Traffic manySubjects() {
    return new Traffic.Synthetic(new SyntheticSpans.Shape(100, 2, 500, 100));
  }

  static Traffic shop() {
    return new Traffic.Recorded("faulty.pkgrec");
  }

  Workload with(long newSpans, long newWarmSpans, int newRuns) {
    return new Workload(name, traffic, objectives, compression, newSpans, newWarmSpans, newRuns);
  }
}
