// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static io.pkgslo.analyzer.correlate.TestSpans.T0_MILLIS;
import static io.pkgslo.analyzer.correlate.TestSpans.T0_NANOS;

import com.google.protobuf.ByteString;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicBlock;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessAlias;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.ProcessInit;
import io.pkgslo.model.wire.ProcessLine;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.ProcessRequest;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.RuntimePoint;
import java.nio.ByteBuffer;
import java.util.List;

/** Blocks of process facts, written by hand; times are milliseconds after T0. */
final class TestProcesses {
  private TestProcesses() {}

  /** Builder of one block. */
  static final class Block {
    private final ProcessBlock.Builder facts = ProcessBlock.newBuilder().addStream("stderr");

    Block(long appendedMillis) {
      facts.setAppendedMillis(T0_MILLIS + appendedMillis);
    }

    private int index(Origin origin) {
      int index = facts.getOriginList().indexOf(origin);
      if (index < 0) {
        index = facts.getOriginCount();
        facts.addOrigin(origin);
      }
      return index;
    }

    Block line(Origin origin, double millis, String text) {
      return line(origin, Double.doubleToLongBits(millis), millis, text);
    }

    /** A line of a stream of this name, which may go on in the next one. */
    Block piece(Origin origin, String stream, double millis, String text, boolean goesOn) {
      int index = facts.getStreamList().indexOf(stream);
      if (index < 0) {
        index = facts.getStreamCount();
        facts.addStream(stream);
      }
      line(origin, millis, text);
      facts.getLineBuilder(facts.getLineCount() - 1).setStreamIndex(index).setPartial(goesOn);
      return this;
    }

    Block line(Origin origin, long identity, double millis, String text) {
      facts.addLine(
          ProcessLine.newBuilder()
              .setOriginIndex(index(origin))
              .setIdentityHigh(text.hashCode())
              .setIdentityLow(identity)
              .setTimeEpochNanos(nanos(millis))
              .setText(text));
      return this;
    }

    Block lines(Origin origin, double millis, String... texts) {
      for (int i = 0; i < texts.length; i++) {
        line(origin, millis + i * 0.01, texts[i]);
      }
      return this;
    }

    Block init(Origin origin, long identity, double millis, String goPackage) {
      facts.addInit(
          ProcessInit.newBuilder()
              .setOriginIndex(index(origin))
              .setIdentityLow(identity)
              .setPackage(goPackage)
              .setDurationNanos(1_234_567)
              .setTimeEpochNanos(nanos(millis)));
      return this;
    }

    Block panic(PanicReport report) {
      facts.addPanic(report);
      return this;
    }

    Block alias(Origin origin, String... names) {
      facts.addAlias(
          ProcessAlias.newBuilder().setOriginIndex(index(origin)).addAllProcess(List.of(names)));
      return this;
    }

    Block log(Origin origin, long identity, String goPackage, int severity) {
      facts.addLog(
          ProcessLog.newBuilder()
              .setOriginIndex(index(origin))
              .setIdentityLow(identity)
              .setPackage(goPackage)
              .setSeverity(severity)
              .setTimeEpochNanos(T0_NANOS));
      return this;
    }

    /** A Kubernetes audit record; {@code open} is one behind which another one comes. */
    Block audit(Origin origin, long identity, long request, boolean open, int severity) {
      log(origin, identity, "", severity);
      facts.getLogBuilder(facts.getLogCount() - 1).setRequest(request).setRequestOpen(open);
      return this;
    }

    /** The audit record that was added last names a trace. */
    Block inTrace(long trace, long span) {
      facts.getLogBuilder(facts.getLogCount() - 1).setTraceIdLow(trace).setSpanId(span);
      return this;
    }

    /** A span of a trace names a request. */
    Block request(Origin origin, long request, long trace, long span) {
      facts.addRequest(
          ProcessRequest.newBuilder()
              .setOriginIndex(index(origin))
              .setRequest(request)
              .setTraceIdLow(trace)
              .setSpanId(span));
      return this;
    }

    Block runtime(Origin origin, String metric) {
      facts.addRuntime(RuntimePoint.newBuilder().setOriginIndex(index(origin)).setMetric(metric));
      return this;
    }

    Block progress(List<Progress> progress) {
      facts.addAllProgress(progress);
      return this;
    }

    ProcessBlock build() {
      return facts.build();
    }
  }

  static long nanos(double millis) {
    return T0_NANOS + Math.round(millis * 1_000_000);
  }

  /** A report; its identity is its time. */
  static PanicReport.Builder report(
      PanicReport.Source source, Origin origin, double millis, String message) {
    return PanicReport.newBuilder()
        .setSource(source)
        .setOrigin(origin)
        .setIdentityHigh(source.getNumber())
        .setIdentityLow(nanos(millis))
        .setTimeEpochNanos(nanos(millis))
        .setMessage(message)
        .setNormalisedMessage(message)
        .setWeight(FixedPoint.ONE);
  }

  static ByteString trace(long high, long low) {
    ByteBuffer bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).flip();
    return ByteString.copyFrom(bytes);
  }

  /** Reports from spans that arrived at {@code appendedMillis}. */
  static PanicBlock spanPanics(long appendedMillis, PanicReport.Builder... reports) {
    PanicBlock.Builder block = PanicBlock.newBuilder();
    for (PanicReport.Builder report : reports) {
      block.addPanic(report.setAppendedMillis(T0_MILLIS + appendedMillis));
    }
    return block.build();
  }

  static List<Progress> progress(long millis) {
    return List.of(
        TestSpans.progress(Topics.OTLP_SPANS, 0, 1, millis),
        TestSpans.progress(Topics.OTLP_LOGS, 0, 1, millis),
        TestSpans.progress(Topics.OTLP_METRICS, 0, 0, 0),
        TestSpans.progress(Topics.SPANS, 0, 1, millis));
  }

  /** A block that holds progress alone. */
  static ProcessBlock tick(long millis) {
    return ProcessBlock.newBuilder().addAllProgress(progress(millis)).build();
  }
}
