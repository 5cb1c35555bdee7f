// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import com.google.protobuf.ByteString;
import io.pkgslo.model.DurationBuckets;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.LogLinear;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.ContextLoss;
import io.pkgslo.model.wire.EdgeCount;
import io.pkgslo.model.wire.ErrorLog;
import io.pkgslo.model.wire.InitTime;
import io.pkgslo.model.wire.LogCount;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.OwnTime;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.RuntimePoint;
import io.pkgslo.model.wire.SelectedCount;
import io.pkgslo.model.wire.SelectedPoint;
import io.pkgslo.model.wire.Selection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds observation blocks as the correlating stages write them. */
public final class Observations {
  private final ObservationBlock.Builder block = ObservationBlock.newBuilder();
  private final List<String> packages = new ArrayList<>();
  private final List<Origin> origins = new ArrayList<>();
  private String service = "shop/checkout";
  private String version = "1.4.0";
  private String process = "pod:1/app";

  public static Observations block() {
    return new Observations();
  }

  public Observations of(String service, String version, String process) {
    this.service = service;
    this.version = version;
    this.process = process;
    return this;
  }

  private int origin() {
    Origin origin =
        Origin.newBuilder()
            .setService(service)
            .setVersion(version)
            .setArm("arm-" + version)
            .setProcess(process)
            .build();
    if (!origins.contains(origin)) {
      origins.add(origin);
      block.addOrigin(origin);
    }
    return origins.indexOf(origin);
  }

  private int packageIndex(String goPackage) {
    if (!packages.contains(goPackage)) {
      packages.add(goPackage);
      block.addPackage(goPackage);
    }
    return packages.indexOf(goPackage);
  }

  public Observations calls(String goPackage, long epochMillis, int count, int failed) {
    return calls(goPackage, epochMillis, count - failed, SpanTraits.STATUS_UNSET, true, 1_500_000)
        .calls(goPackage, epochMillis, failed, SpanTraits.STATUS_ERROR, true, 1_500_000);
  }

  public Observations calls(
      String goPackage, long epochMillis, int count, int status, boolean api, long eachNanos) {
    if (count == 0) {
      return this;
    }
    CallCount.Builder call =
        CallCount.newBuilder()
            .setOriginIndex(origin())
            .setPackageIndex(packageIndex(goPackage))
            .setBucketEpochSeconds(Math.floorDiv(epochMillis, 10_000L) * 10)
            .setKind(api ? SpanTraits.KIND_SERVER : SpanTraits.KIND_INTERNAL)
            .setStatus(status)
            .setApi(api)
            .setCount(count)
            .setWeight(count * FixedPoint.ONE)
            .addSketchIndex(LogLinear.indexOf(eachNanos))
            .addSketchCount(count)
            .setDurationSumNanos(count * eachNanos);
    for (int bucket = 0; bucket < DurationBuckets.COUNT; bucket++) {
      call.addDurationCount(bucket == DurationBuckets.indexOf(eachNanos) ? count : 0);
    }
    block.addCall(call);
    return this;
  }

  /** One API call that stands for many, in units of 2^-20. */
  public Observations weighted(String goPackage, long epochMillis, long weight) {
    calls(goPackage, epochMillis, 1, 0);
    block.getCallBuilder(block.getCallCount() - 1).setWeight(weight);
    return this;
  }

  /** Failed calls, {@code own} of which nothing below explains. */
  public Observations ownErrors(String goPackage, long epochMillis, int failed, int own) {
    calls(goPackage, epochMillis, failed, SpanTraits.STATUS_ERROR, true, 1_500_000);
    block.getCallBuilder(block.getCallCount() - 1).setOwnErrors(own);
    return this;
  }

  /** Calls by the time of their own: {@code counts} from the lowest duration bucket on. */
  public Observations ownTime(String goPackage, long epochMillis, long... counts) {
    block.addOwnTime(
        OwnTime.newBuilder()
            .setOriginIndex(origin())
            .setPackageIndex(packageIndex(goPackage))
            .setBucketEpochSeconds(epochMillis / 10_000 * 10)
            .addAllDurationCount(Arrays.stream(counts).boxed().toList())
            .setClientCalls(counts.length)
            .setClientErrors(1));
    return this;
  }

  /** API calls of the whole service, as every partition hears of them. */
  public Observations serviceCalls(long epochMillis, int count) {
    block.addCall(
        CallCount.newBuilder()
            .setOriginIndex(origin())
            .setPackageIndex(packageIndex(SubjectLedger.SERVICE))
            .setBucketEpochSeconds(Math.floorDiv(epochMillis, 10_000L) * 10)
            .setApi(true)
            .setCount(count)
            .setWeight(count * FixedPoint.ONE));
    return this;
  }

  public Observations panic(String goPackage, long epochMillis, boolean episode) {
    block.addPanic(panicCount(goPackage, epochMillis).setEpisode(episode));
    return this;
  }

  public Observations initFailure(String goPackage, long epochMillis) {
    block.addPanic(panicCount(goPackage, epochMillis).setEpisode(true).setInitFailure(true));
    return this;
  }

  private PanicCount.Builder panicCount(String goPackage, long epochMillis) {
    return PanicCount.newBuilder()
        .setOriginIndex(origin())
        .setPackageIndex(packageIndex(goPackage))
        .setTimeEpochNanos(epochMillis * 1_000_000)
        .setWeight(FixedPoint.ONE)
        .setFingerprint(goPackage.hashCode())
        .setFunction(goPackage + ".Do")
        .setMessage("boom")
        .setStack("goroutine 1 [running]:");
  }

  public Observations init(String goPackage, long epochMillis, long durationNanos) {
    block.addInit(
        InitTime.newBuilder()
            .setOriginIndex(origin())
            .setPackageIndex(packageIndex(goPackage))
            .setTimeEpochNanos(epochMillis * 1_000_000)
            .setDurationNanos(durationNanos));
    return this;
  }

  public Observations logs(
      String goPackage, long epochMillis, int severity, int count, int orphans) {
    block.addLog(
        LogCount.newBuilder()
            .setOriginIndex(origin())
            .setPackageIndex(packageIndex(goPackage))
            .setBucketEpochSeconds(Math.floorDiv(epochMillis, 10_000L) * 10)
            .setSeverity(severity)
            .setCount(count)
            .setOrphans(orphans));
    return this;
  }

  public Observations errorLog(String goPackage, long epochMillis, String text) {
    block.addErrorLog(
        ErrorLog.newBuilder()
            .setOriginIndex(origin())
            .setPackageIndex(packageIndex(goPackage))
            .setTimeEpochNanos(epochMillis * 1_000_000)
            .setSeverity(17)
            .setText(text)
            .setTraceId(trace(text)));
    return this;
  }

  /** Calls by a package of another service. */
  public Observations edge(
      String callerService, String caller, String callee, long epochMillis, int calls, int errors) {
    int calleeOrigin = origin();
    String calleeService = service;
    service = callerService;
    block.addEdge(
        EdgeCount.newBuilder()
            .setCallerOriginIndex(origin())
            .setCallerPackageIndex(packageIndex(caller))
            .setCalleeOriginIndex(calleeOrigin)
            .setCalleePackageIndex(packageIndex(callee))
            .setBucketEpochSeconds(Math.floorDiv(epochMillis, 10_000L) * 10)
            .setCalls(calls)
            .setErrors(errors)
            .setSelfNanos(calls * 1_000L)
            .setExampleTraceId(trace(caller + errors)));
    service = calleeService;
    return this;
  }

  public Observations loss(
      String goPackage, long epochMillis, ContextLoss.Kind kind, int count, int revised) {
    block.addContextLoss(
        ContextLoss.newBuilder()
            .setOriginIndex(origin())
            .setPackageIndex(packageIndex(goPackage))
            .setBucketEpochSeconds(Math.floorDiv(epochMillis, 10_000L) * 10)
            .setKind(kind)
            .setCount(count)
            .setRevised(revised)
            .setExampleTraceId(trace("loss" + count)));
    return this;
  }

  /** A trace id that says what it is of. */
  public static ByteString trace(String of) {
    return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(of.hashCode()).putLong(1).flip());
  }

  public Observations runtime(RuntimePoint.Builder point, long epochMillis) {
    block.addRuntime(point.setOriginIndex(origin()).setTimeEpochNanos(epochMillis * 1_000_000));
    return this;
  }

  /** Items that are the same to a selector. */
  Observations selected(String goPackage, long epochMillis, Selection selection, int count) {
    block.addSelection(selection);
    block.addSelected(
        SelectedCount.newBuilder()
            .setOriginIndex(origin())
            .setPackageIndex(packageIndex(goPackage))
            .setBucketEpochSeconds(Math.floorDiv(epochMillis, 10_000L) * 10)
            .setSelectionIndex(block.getSelectionCount() - 1)
            .setCount(count)
            .setWeight(count * FixedPoint.ONE));
    return this;
  }

  Observations point(SelectedPoint.Builder point) {
    block.addSelectedPoint(point.setOriginIndex(origin()));
    return this;
  }

  /** Both upstream topics, of one partition each, are worked off up to {@code millis}. */
  public Observations through(long millis) {
    for (String topic : List.of(Topics.SPANS, Topics.PROCESS)) {
      block.addProgress(
          Progress.newBuilder()
              .setTopic(topic)
              .setPartition(0)
              .setPartitions(1)
              .setThroughMillis(millis));
    }
    return this;
  }

  public ObservationBlock build() {
    return block.build();
  }
}
