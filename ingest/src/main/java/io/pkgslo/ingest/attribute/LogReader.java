// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.crash.GoPanic;
import io.pkgslo.golang.log.TextLines;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.ingest.decode.AttributeKeys;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.Hash128;
import io.pkgslo.ingest.decode.LogRecordView;
import io.pkgslo.ingest.decode.LogSink;
import io.pkgslo.ingest.decode.ResourceView;
import io.pkgslo.ingest.decode.ScopeView;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessLine;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.SelectionSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Log records to facts: records of loggers to counts per package, with the panics that they report;
 * lines of a process's output to lines. Mutable, single-threaded.
 */
final class LogReader implements LogSink {
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final int MAX_LINE_CHARS = 32 * 1024;
  private static final int MAX_EXCERPT_CHARS = 512;

  private final RecordScope record;
  private final PackageAttributor packages;
  private final ScopePackages scopes;
  private final LogPackages loggers;
  private final LogPanics panics;
  private final BlamePolicy blame;
  private final PanicReports reports;
  private final SamplingWeight sampling;
  private final PartialLines partial = new PartialLines();
  private final ShippedOrigins shippers = new ShippedOrigins();
  private final Identity identity = new Identity();
  private final LogIds ids = new LogIds();
  private final LogFact fact = new LogFact();
  private ScopeInfo scope = new ScopeInfo("", false);
  private boolean hasScope;
  private @Nullable ProcessOrigin resourceOrigin;
  private @Nullable LogSelection selection;
  private @Nullable AttributesView resourceAttributes;
  private @Nullable ScopeView scopeView;

  LogReader(AttributeSettings settings, AttributeKeys keys, Mains mains, RecordScope record) {
    this.record = record;
    this.packages = new PackageAttributor(settings.packages(), keys, mains);
    this.scopes = new ScopePackages(settings.packages(), settings.sidecars());
    this.loggers = new LogPackages(settings.blame(), mains, scopes);
    this.panics = new LogPanics(settings.blame());
    this.blame = settings.blame();
    this.reports = new PanicReports(mains);
    this.sampling = new SamplingWeight(settings.sampling());
  }

  /** From the next record on these selectors are applied. */
  void select(List<Selector> selectors) {
    selection = selectors.isEmpty() ? null : new LogSelection(selectors);
  }

  @Override
  public void resource(ResourceView resource) {
    resourceAttributes = resource.attributes();
    resourceOrigin = record.origin(resource);
    fact.origin = resourceOrigin;
  }

  /** A new message: what the one before left unfinished is not part of it. */
  void begin() {
    partial.takeOpen();
  }

  /** The message is over: lines whose ends are not in it count as they are. */
  void end() {
    for (PartialLines.Pieces pieces : partial.takeOpen()) {
      pieces.describe(fact);
      lines(pieces.line(), PartialLines.MAX_CHARS);
    }
  }

  @Override
  public void scope(ScopeView view) {
    scopeView = view;
    scope = scopes.of(view);
    hasScope = !view.name().isEmpty();
  }

  @Override
  public void logRecord(LogRecordView view) {
    ItemCounts counts = record.counts();
    counts.received();
    // Asked of every record, as the ordinals of equal ones want it.
    Hash128 known = view.identity();
    fact.identityHigh = known.high();
    fact.identityLow = known.low();
    fact.timeEpochNanos = timeEpochNanos(view);
    if (record.times().isFuture(fact.timeEpochNanos)) {
      counts.dropped(DropReason.FUTURE);
      return;
    }
    counts.processed();
    ids.set(view.traceIdHigh(), view.traceIdLow(), view.spanId());
    findOrigin(view);
    ShippedLine shipped = ShippedLine.of(view, hasScope);
    if (shipped == null) {
      logged(view, LogFields.of(view.body(), view.attributes()));
    } else if (!shipped.partial() || !partial.hold(fact, shipped)) {
      shipped(view, shipped);
    }
  }

  private void findOrigin(LogRecordView view) {
    if (resourceOrigin == null) {
      return;
    }
    fact.origin = resourceOrigin;
    ProcessOrigin shipped = shippers.of(view, resourceOrigin);
    if (shipped != null) {
      fact.origin = shipped;
      record.publishNames(shipped);
    }
  }

  private void shipped(LogRecordView view, ShippedLine last) {
    ShippedLine shipped = partial.completed(fact, last);
    LogFields json = shipped.partial() ? null : LogFields.ofJson(shipped.text(), view.attributes());
    if (json == null) {
      boolean joined = shipped.text().length() > last.text().length();
      line(view, shipped, joined || shipped.partial());
    } else {
      logged(view, json);
    }
  }

  private long timeEpochNanos(LogRecordView view) {
    long time = view.eventEpochNanos();
    if (time != 0) {
      return time;
    }
    record.counts().corrected(Correction.NO_LOG_TIME);
    return record.appendedMillis() * NANOS_PER_MILLI;
  }

  /** A line of text: the analyzer reads crashes and init traces from what is not stdout. */
  private void line(LogRecordView view, ShippedLine shipped, boolean joined) {
    if (shipped.isForAutomaton()) {
      lines(shipped, joined ? PartialLines.MAX_CHARS : MAX_LINE_CHARS);
    }
    LogFields fields = LogFields.ofText(shipped.text(), view.attributes());
    findIds(fields, shipped.text());
    boolean parsed = Severities.ofNumber(view.severityNumber()) != 0;
    if (shipped.stdout() || ids.hasTrace() || parsed) {
      boolean traced = publish(view, fields, shipped.text());
      if (!shipped.isForAutomaton()) {
        report(view, panics.ofText(shipped.text()), traced);
      }
    }
  }

  /**
   * Hands over the lines of a text.
   *
   * @param most characters of one line; more than one fact holds goes as pieces of it
   */
  private void lines(ShippedLine shipped, int most) {
    // Quoted line ends stay as they are in what may be a piece of JSON.
    List<String> lines =
        shipped.mayBePiece() ? List.of(shipped.text()) : TextLines.of(shipped.text());
    int ordinal = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = start(lines.get(i), most);
      boolean goesOn = shipped.partial() && i == lines.size() - 1;
      while (line.length() > MAX_LINE_CHARS) {
        String piece = start(line, MAX_LINE_CHARS);
        line(shipped.stream(), ordinal++, piece, true);
        line = line.substring(piece.length());
      }
      line(shipped.stream(), ordinal++, line, goesOn);
    }
  }

  private void line(String stream, int ordinal, String text, boolean goesOn) {
    identity.of(fact.identityHigh, fact.identityLow, 0, ordinal);
    record
        .sink()
        .line(
            fact.origin,
            stream,
            ProcessLine.newBuilder()
                .setIdentityHigh(identity.high())
                .setIdentityLow(identity.low())
                .setTimeEpochNanos(fact.timeEpochNanos)
                .setOrdinal(ordinal)
                .setText(text)
                .setPartial(goesOn));
  }

  private void logged(LogRecordView view, LogFields fields) {
    boolean audit = AuditRecord.is(fields.all());
    String text = audit ? AuditRecord.text(fields.all()) : fields.message();
    findIds(fields, text);
    boolean traced = publish(view, fields, text);
    report(view, panics.of(view.attributes(), text, fields.all()), traced);
  }

  private void findIds(LogFields fields, String text) {
    if (!ids.hasTrace()) {
      fields.offerIds(ids);
    }
    if (!ids.hasTrace()) {
      TextIds.find(text, ids);
    }
  }

  /** Returns whether it was handed over as a record of a trace. */
  private boolean publish(LogRecordView view, LogFields fields, String text) {
    String service = fact.origin.service();
    boolean byCode = packages.attributeByCode(view.attributes(), service);
    fact.goPackage =
        byCode
            ? packages.goPackage()
            : loggers.of(fields, scope, ids.hasTrace() && ids.spanId() != 0, service);
    fact.source = byCode ? packages.source() : loggers.source();
    fact.severity = severity(view, fields);
    fact.excerpt = fact.severity >= Severities.ERROR ? start(text, MAX_EXCERPT_CHARS) : "";
    fact.traceIdHigh = ids.traceIdHigh();
    fact.traceIdLow = ids.traceIdLow();
    fact.spanId = ids.spanId();
    SelectionSet selected = selection == null ? null : select(selection, view, fields, text);
    Map<String, String> all = fields.all();
    long request = RequestIds.audit(all);
    if (request != 0 && AuditRecord.is(all)) {
      publish(audited(request, all), selected);
      return false;
    } else if (ids.hasTrace()) {
      record.sink().log(fact);
      if (selected != null) {
        record.sink().selectedLog(selected);
      }
      record.request(fact.origin, request, fact.traceIdHigh, fact.traceIdLow, fact.spanId);
      return true;
    }
    publish(processLog(), selected);
    return false;
  }

  private @Nullable SelectionSet select(
      LogSelection selectors, LogRecordView view, LogFields fields, String text) {
    Slice scopeName = scopeView == null ? null : scopeView.name();
    return selectors.of(
        fact.origin.service(),
        new LogSelection.Item(view, fields, text, fact.severity, resourceAttributes, scopeName));
  }

  private void publish(ProcessLog.Builder log, @Nullable SelectionSet selected) {
    record.sink().processLog(fact.origin, selected == null ? log : log.setSelected(selected));
  }

  /** All records of one audit id meet at their process, whichever of them names a trace. */
  private ProcessLog.Builder audited(long request, Map<String, String> fields) {
    return processLog()
        .setRequest(request)
        .setRequestOpen(AuditRecord.isOpen(fields))
        .setRequestAlias(RequestIds.request(fields))
        .setTraceIdHigh(fact.traceIdHigh)
        .setTraceIdLow(fact.traceIdLow)
        .setSpanId(fact.spanId);
  }

  private static int severity(LogRecordView view, LogFields fields) {
    int number = Severities.ofNumber(view.severityNumber());
    if (number == 0) {
      number = Severities.ofName(view.severityText().toString());
    }
    if (number == 0 && AuditRecord.is(fields.all())) {
      return AuditRecord.severity(fields.all());
    }
    return number == 0 ? fields.severity() : number;
  }

  private ProcessLog.Builder processLog() {
    return ProcessLog.newBuilder()
        .setIdentityHigh(fact.identityHigh)
        .setIdentityLow(fact.identityLow)
        .setPackage(fact.goPackage)
        .setSeverity(fact.severity)
        .setTimeEpochNanos(fact.timeEpochNanos)
        .setText(fact.excerpt)
        .setSource(fact.source.code());
  }

  /**
   * Hands over the panics of the record. One without a stack that blames belongs to the package of
   * the span that the record names, else to the record's own.
   */
  private void report(LogRecordView view, List<GoPanic> found, boolean traced) {
    for (int ordinal = 0; ordinal < found.size(); ordinal++) {
      identity.of(fact.identityHigh, fact.identityLow, 0, ordinal);
      long weight = sampling.ofLog(view.attributes());
      PanicReport.Builder report =
          reports
              .of(found.get(ordinal), PanicReport.Source.LOG, fact.origin)
              .setIdentityHigh(identity.high())
              .setIdentityLow(identity.low())
              .setSpanId(ids.spanId())
              .setTimeEpochNanos(fact.timeEpochNanos)
              .setWeight(weight == SamplingWeight.UNKNOWN ? FixedPoint.ONE : weight)
              .setWeightUnknown(weight == SamplingWeight.UNKNOWN);
      if (ids.hasTrace()) {
        report.setTraceId(TraceIds.bytes(ids.traceIdHigh(), ids.traceIdLow()));
      }
      boolean blamed = !report.getPackage().isEmpty();
      if (!blamed) {
        report.setPackage(ownPackage()).clearFunction();
      }
      if (!blamed && traced && ids.spanId() != 0) {
        record.sink().panicOfTracedLog(fact.origin, report);
      } else {
        record.sink().panicOfLog(fact.origin, report);
      }
    }
  }

  /** The record's package, where that is not the library that recovered or logged. */
  private String ownPackage() {
    GoPackage own = fact.goPackage.isEmpty() ? null : GoPackage.parse(fact.goPackage);
    return own != null && blame.mayBlame(own) ? fact.goPackage : "";
  }

  private static String start(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    // Not between the two halves of a character.
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }
}
