// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AttributeKeys;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.ResourceView;
import io.pkgslo.ingest.decode.ScopeView;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.ingest.decode.SpanView;
import io.pkgslo.ingest.decode.TraceSink;
import io.pkgslo.model.AttributionSource;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessInit;
import io.pkgslo.model.wire.SelectionSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spans to facts. Mutable, single-threaded. */
final class SpanReader implements TraceSink {
  /** Ordinals of what is derived from a span, apart from those of its panics. */
  private static final long INIT_ORDINAL = -1;

  private final RecordScope record;
  private final PackageAttributor packages;
  private final ScopePackages scopes;
  private final ExceptionPackages exceptions;
  private final SamplingWeight sampling;
  private final CallOutcome outcome;
  private final SpanPanics panics;
  private final PanicReports reports;
  private final PeerNames peers = new PeerNames();
  private final int[] sidecarKeys;
  private final byte[][] sidecarValues;
  private final Identity identity = new Identity();
  private final SpanFact fact = new SpanFact();
  private final ArmAttributes arms;
  private ScopeInfo scope = new ScopeInfo("", false);

  /** Null while no objective selects calls: then nothing is asked of a span. */
  private @Nullable SpanSelection selection;

  private @Nullable AttributesView resourceAttributes;
  private @Nullable ScopeView scopeView;

  SpanReader(AttributeSettings settings, AttributeKeys keys, Mains mains, RecordScope record) {
    this.record = record;
    this.arms = record.arms();
    this.packages = new PackageAttributor(settings.packages(), keys, mains);
    this.scopes = new ScopePackages(settings.packages(), settings.sidecars());
    this.exceptions = new ExceptionPackages(settings.blame(), mains);
    this.sampling = new SamplingWeight(settings.sampling());
    this.outcome = new CallOutcome(settings.grpcErrors());
    this.panics = new SpanPanics(settings.blame());
    this.reports = new PanicReports(mains);
    List<Map.Entry<String, String>> sidecars =
        List.copyOf(settings.sidecars().attributes().entrySet());
    this.sidecarKeys = sidecars.stream().mapToInt(rule -> keys.id(rule.getKey())).toArray();
    this.sidecarValues =
        sidecars.stream()
            .map(rule -> rule.getValue().getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
  }

  /** From the next record on these selectors are applied. */
  void select(List<Selector> selectors) {
    selection = selectors.isEmpty() ? null : new SpanSelection(selectors);
  }

  @Override
  public @Nullable AttributeKeys furtherKeys() {
    return selection == null ? null : selection.attributeKeys();
  }

  @Override
  public void resource(ResourceView resource) {
    fact.origin = record.origin(resource);
    resourceAttributes = resource.attributes();
    if (!arms.isEmpty()) {
      arms.begin(fact.origin);
    }
  }

  @Override
  public void scope(ScopeView view) {
    scope = scopes.of(view);
    scopeView = view;
    if (!arms.isEmpty()) {
      arms.begin(view);
    }
  }

  @Override
  public void span(SpanView span) {
    ItemCounts counts = record.counts();
    counts.received();
    DropReason unusable = unusable(span);
    if (unusable != null) {
      counts.dropped(unusable);
      return;
    }
    counts.processed();
    fact.traceIdHigh = span.traceIdHigh();
    fact.traceIdLow = span.traceIdLow();
    fact.spanId = span.spanId();
    fact.parentSpanId = span.parentSpanId();
    fact.endEpochNanos = span.endEpochNanos();
    fact.durationNanos = durationNanos(span);
    if (fact.origin.service().isEmpty()) {
      counts.corrected(Correction.NO_SERVICE);
    }
    publish(span);
  }

  private @Nullable DropReason unusable(SpanView span) {
    if (!span.hasTraceId() || span.spanId() == 0) {
      return DropReason.NO_IDS;
    }
    if (span.endEpochNanos() == 0) {
      return DropReason.NO_TIME;
    }
    return record.times().isFuture(span.endEpochNanos()) ? DropReason.FUTURE : null;
  }

  private long durationNanos(SpanView span) {
    long start = span.startEpochNanos();
    if (start == 0) {
      record.counts().corrected(Correction.NO_START);
      return 0;
    }
    if (Long.compareUnsigned(start, span.endEpochNanos()) > 0) {
      record.counts().corrected(Correction.END_BEFORE_START);
      return 0;
    }
    return span.endEpochNanos() - start;
  }

  private void publish(SpanView span) {
    String service = fact.origin.service();
    packages.attribute(span.attributes(), scope, service);
    boolean isInit = isInit(span);
    boolean noCall = isInit || InitSpans.isProcess(span);
    List<SpanPanics.Found> found = panics.of(span);
    boolean failed = !found.isEmpty() || outcome.failed(span.statusCode(), span.attributes());
    if (failed && packages.goPackage().isEmpty() && span.eventCount() > 0) {
      // The nearest resolved span goes first; the source tells the analyzer so.
      packages.decided(exceptions.of(span, service), AttributionSource.EXCEPTION);
    }
    int flags = weigh(span) | (failed ? SpanTraits.FAILED : 0) | (noCall ? SpanTraits.INIT : 0);
    flags |= isSidecar(span) ? SpanTraits.SIDECAR : 0;
    flags |= span.parentIsRemote() ? SpanTraits.PARENT_REMOTE : 0;
    flags |= arm(span);
    fact.goPackage = packages.goPackage();
    fact.peer = noCall ? "" : peers.of(span.kind(), span.attributes());
    fact.traits = SpanTraits.of(span.kind(), span.statusCode(), flags, packages.source());
    record.sink().span(fact);
    if (selection != null) {
      select(selection, span);
    }
    if (span.kind() == SpanTraits.KIND_SERVER) {
      record.request(
          fact.origin,
          RequestIds.ofSpan(span.attributes()),
          fact.traceIdHigh,
          fact.traceIdLow,
          fact.spanId);
    }
    for (int i = 0; i < found.size(); i++) {
      record.sink().panicOfSpan(report(found.get(i), i));
    }
    if (isInit) {
      record.sink().init(fact.origin, initOf());
    }
  }

  private void select(SpanSelection selectors, SpanView span) {
    Slice scopeName = scopeView == null ? null : scopeView.name();
    SelectionSet selected = selectors.of(span, fact, resourceAttributes, scopeName);
    if (selected != null) {
      record.sink().selectedSpan(selected);
    }
  }

  /** Decides the package of an init span, too. */
  private boolean isInit(SpanView span) {
    boolean overridden = packages.source() == AttributionSource.OVERRIDE;
    String initialised = InitSpans.packageOf(span, scope.goPackage());
    if (initialised == null) {
      return false;
    }
    if (!overridden) {
      String path = packages.mainOr(initialised, fact.origin.service());
      packages.decided(path, AttributionSource.CODE);
    }
    return true;
  }

  /** Sets the arm and says which flag goes with it. */
  private int arm(SpanView span) {
    if (arms.isEmpty()) {
      return 0;
    }
    fact.origin = arms.of(span.attributes());
    boolean entersProcess = fact.parentSpanId == 0 || span.parentIsRemote();
    return arms.isOpen() && !entersProcess ? SpanTraits.ARM_OPEN : 0;
  }

  /** Sets the weight and says which flag goes with it. */
  private int weigh(SpanView span) {
    long weight = sampling.of(span, fact.origin.service());
    if (weight == SamplingWeight.UNKNOWN) {
      fact.weight = FixedPoint.ONE;
      record.counts().corrected(Correction.WEIGHT_UNKNOWN);
      return SpanTraits.WEIGHT_UNKNOWN;
    }
    fact.weight = weight;
    return 0;
  }

  private boolean isSidecar(SpanView span) {
    if (scope.sidecar()) {
      return true;
    }
    for (int i = 0; i < sidecarKeys.length; i++) {
      Slice value = span.attributes().text(sidecarKeys[i]);
      if (value != null && value.contentEquals(sidecarValues[i])) {
        return true;
      }
    }
    return false;
  }

  private PanicReport.Builder report(SpanPanics.Found found, int ordinal) {
    identity.of(fact.traceIdHigh, fact.traceIdLow, fact.spanId, ordinal);
    return reports
        .of(found.panic(), PanicReport.Source.SPAN, fact.origin)
        .setIdentityHigh(identity.high())
        .setIdentityLow(identity.low())
        .setTraceId(TraceIds.bytes(fact.traceIdHigh, fact.traceIdLow))
        .setSpanId(fact.spanId)
        .setTimeEpochNanos(found.timeEpochNanos())
        .setWeight(fact.weight)
        .setWeightUnknown(SpanTraits.has(fact.traits, SpanTraits.WEIGHT_UNKNOWN));
  }

  private ProcessInit.Builder initOf() {
    identity.of(fact.traceIdHigh, fact.traceIdLow, fact.spanId, INIT_ORDINAL);
    return ProcessInit.newBuilder()
        .setIdentityHigh(identity.high())
        .setIdentityLow(identity.low())
        .setPackage(fact.goPackage)
        .setDurationNanos(fact.durationNanos)
        .setTimeEpochNanos(fact.endEpochNanos);
  }
}
