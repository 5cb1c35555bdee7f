// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import io.pkgslo.benchmarks.load.RecordTemplate;
import io.pkgslo.benchmarks.load.RecordedSpans;
import io.pkgslo.benchmarks.load.RuntimePoints;
import io.pkgslo.benchmarks.load.ShippedLines;
import io.pkgslo.benchmarks.load.SpanStamps;
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
 * @param spans on the topic; or lines, or points
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
    List<RecordTemplate> templates(Path home) throws IOException;

    default Signal signal() {
      return Signal.SPANS;
    }

    /** How dense the backlog is in time. */
    default int perSecond() {
      return 50_000;
    }

    /** Distinct (service, version, package); 0 when only the run can tell. */
    int subjects();

    /** Made up, of a known shape. */
    record Synthetic(SyntheticSpans.Shape shape) implements Traffic {
      @Override
      public List<RecordTemplate> templates(Path home) throws IOException {
        return SpanStamps.of(SyntheticSpans.records(shape));
      }

      @Override
      public int subjects() {
        return shape.subjects();
      }
    }

    /** Standard error, with crashes. */
    record Lines() implements Traffic {
      @Override
      public List<RecordTemplate> templates(Path home) {
        return ShippedLines.templates();
      }

      @Override
      public Signal signal() {
        return Signal.LINES;
      }

      @Override
      public int subjects() {
        return 0;
      }
    }

    /** Metrics of the Go runtime. */
    record Points() implements Traffic {
      @Override
      public List<RecordTemplate> templates(Path home) {
        return RuntimePoints.templates();
      }

      @Override
      public Signal signal() {
        return Signal.POINTS;
      }

      @Override
      public int perSecond() {
        return 10_000;
      }

      @Override
      public int subjects() {
        return 0;
      }
    }

    /** A recording of the shop, over and over. */
    record Recorded(String file) implements Traffic {
      @Override
      public List<RecordTemplate> templates(Path home) throws IOException {
        return SpanStamps.of(RecordedSpans.records(home.resolve("deploy/recording").resolve(file)));
      }

      @Override
      public int subjects() {
        return 0;
      }
    }
  }

  /** 100 containers, one of ten of which crashes every few tenths of a second. */
  static Traffic lines() {
    return new Traffic.Lines();
  }

  /** 2,700 processes, each every three seconds. */
  static Traffic points() {
    return new Traffic.Points();
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

  /** Whether the generated classes are measured beside the others: of spans the parts are. */
  boolean generated() {
    return traffic.signal() != Signal.SPANS;
  }

  Workload with(long newSpans, long newWarmSpans, int newRuns) {
    return new Workload(name, traffic, objectives, compression, newSpans, newWarmSpans, newRuns);
  }
}
