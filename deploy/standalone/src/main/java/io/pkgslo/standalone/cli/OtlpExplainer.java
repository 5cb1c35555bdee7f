// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.analyzer.correlate.WholeMessage;
import io.pkgslo.ingest.attribute.AttributeSettings;
import io.pkgslo.ingest.attribute.ItemCounts;
import io.pkgslo.ingest.attribute.ItemReaders;
import io.pkgslo.ingest.attribute.ItemSelectors;
import io.pkgslo.ingest.decode.AttributeKeys;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.decode.MalformedOtlpException;
import io.pkgslo.ingest.decode.OtlpLogDecoder;
import io.pkgslo.ingest.decode.OtlpMetricDecoder;
import io.pkgslo.ingest.decode.OtlpTraceDecoder;
import io.pkgslo.ingest.publish.FactBuffers;
import io.pkgslo.ingest.publish.ProgressReport;
import io.pkgslo.model.AttributionSource;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.ProcessLog;
import io.pkgslo.model.wire.SpanBlock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What pkgslo sees in one OTLP message, protobuf or JSON: the stages of ingest read it and the
 * correlators of the analyzer settle it, as if nothing else ever came.
 */
final class OtlpExplainer {
  private static final int START_OF_MESSAGE = 0x0a;
  private static final int SHOWN = 120;

  /** A recording is explained whenever it was made. */
  private static final Duration ANY_TIME = Duration.ofDays(36_500);

  private enum Signal {
    SPANS("\"resourceSpans\""),
    METRICS("\"resourceMetrics\""),
    LOGS("\"resourceLogs\"");

    private final String jsonKey;

    Signal(String jsonKey) {
      this.jsonKey = jsonKey;
    }
  }

  private final SpanBlock.Builder spans = SpanBlock.newBuilder();
  private final LogBlock.Builder logs = LogBlock.newBuilder();
  private final ProcessBlock.Builder processes = ProcessBlock.newBuilder();
  private final List<String> names = new ArrayList<>();

  private final ServiceSettings settings;

  private OtlpExplainer(ServiceSettings settings) {
    this.settings = settings;
  }

  /** Null when the bytes are no OTLP message. */
  static @Nullable Explanation explain(byte[] message, ServiceSettings settings) {
    if (message.length == 0) {
      return null;
    }
    String start = new String(message, StandardCharsets.UTF_8);
    boolean json = start.stripLeading().startsWith("{");
    // The three messages have one outer form: the first one that tells something is it.
    for (Signal signal : Signal.values()) {
      boolean candidate = json ? start.contains(signal.jsonKey) : message[0] == START_OF_MESSAGE;
      OtlpExplainer explainer = new OtlpExplainer(settings);
      if (candidate && explainer.read(signal, message) && (json || explainer.tells(signal))) {
        return explainer.explanation();
      }
    }
    return null;
  }

  private boolean read(Signal signal, byte[] message) {
    AttributeSettings usual = settings.attribute();
    AttributeSettings timeless =
        new AttributeSettings(
            usual.packages(),
            usual.blame(),
            usual.sidecars(),
            usual.sampling(),
            usual.grpcErrors(),
            usual.armAttributes(),
            ANY_TIME);
    AttributeKeys keys = timeless.keys();
    FactBuffers facts = new FactBuffers(1);
    ItemReaders readers =
        new ItemReaders(timeless, keys, facts, Clock.systemUTC(), () -> ItemSelectors.NONE);
    readers.begin(0, new ItemCounts());
    ByteBuffer value = ByteBuffer.wrap(message);
    try {
      switch (signal) {
        case SPANS ->
            new OtlpTraceDecoder(keys, DecodeLimits.DEFAULT)
                .decode(value, new NamedSpans(readers.spans(), names));
        case LOGS -> new OtlpLogDecoder(keys, DecodeLimits.DEFAULT).decode(value, readers.logs());
        case METRICS ->
            new OtlpMetricDecoder(keys, DecodeLimits.DEFAULT).decode(value, readers.metrics());
      }
    } catch (MalformedOtlpException e) {
      return false;
    }
    readers.end();
    facts.write(0, new ProgressReport(List.of()), this::keep);
    return true;
  }

  private void keep(ProducerRecord<byte[], byte[]> block) {
    try {
      switch (block.topic()) {
        case Topics.SPANS -> spans.mergeFrom(block.value());
        case Topics.LOGS -> logs.mergeFrom(block.value());
        default -> processes.mergeFrom(block.value());
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("ingest wrote a block that cannot be read", e);
    }
  }

  private boolean tells(Signal signal) {
    return switch (signal) {
      case SPANS -> spans.getSpanIdCount() > 0;
      case METRICS -> processes.getRuntimeCount() > 0;
      case LOGS -> logs.getTimeEpochNanosCount() > 0 || hasLines() || hasLogs();
    };
  }

  private boolean hasLines() {
    return processes.getLineList().stream().anyMatch(line -> !line.getText().isEmpty());
  }

  /** A record of another signal that is read as a log has neither time nor text. */
  private boolean hasLogs() {
    return processes.getLogList().stream().anyMatch(log -> log.getTimeEpochNanos() != 0);
  }

  private Explanation explanation() {
    SpanBlock spanBlock = spans.build();
    LogBlock logBlock = logs.build();
    WholeMessage settled =
        new WholeMessage(
            spanBlock,
            logBlock,
            processes.build(),
            settings.code().mainPackages(),
            settings.code().blame());
    List<Explanation.Attribution> attributions = new ArrayList<>();
    settled
        .packageOfSpan()
        .forEach((row, goPackage) -> attributions.add(ofSpan(spanBlock, row, goPackage)));
    settled
        .packageOfLog()
        .forEach((row, goPackage) -> attributions.add(ofLog(logBlock, row, goPackage)));
    for (ProcessLog log : processes.getLogList()) {
      attributions.add(ofLog(log));
    }
    return new Explanation(
        settled.panics().stream().map(OtlpExplainer::panic).toList(),
        settled.inits().stream()
            .map(i -> new Explanation.Init(i.goPackage(), Explanation.seconds(i.durationNanos())))
            .toList(),
        attributions);
  }

  private static Explanation.Panic panic(WholeMessage.Panicked found) {
    PanicCount panic = found.panic();
    boolean fatal = panic.getStack().startsWith("fatal error:");
    return new Explanation.Panic(
        fatal ? "fatal" : "panic",
        found.goPackage(),
        panic.getFunction().isEmpty() ? null : panic.getFunction(),
        panic.getMessage(),
        panic.getRecovered(),
        panic.getInitFailure(),
        panic.getFile());
  }

  private Explanation.Attribution ofSpan(SpanBlock block, int row, String goPackage) {
    String id = HexFormat.of().toHexDigits(block.getSpanId(row));
    String name = row < names.size() ? names.get(row) : "";
    AttributionSource said = SpanTraits.source(block.getTraits(row));
    boolean own = goPackage.equals(block.getPackage(block.getPackageIndex(row)));
    AttributionSource source = own ? said : borrowed(goPackage);
    return new Explanation.Attribution(
        "span " + id + " " + name, goPackage, Explanation.name(source));
  }

  private static AttributionSource borrowed(String goPackage) {
    return goPackage.equals("(unattributed)")
        ? AttributionSource.NONE
        : AttributionSource.NEAREST_SPAN;
  }

  private static Explanation.Attribution ofLog(LogBlock block, int row, String goPackage) {
    String excerpt =
        block.getExcerptList().stream()
            .filter(e -> e.getLogIndex() == row)
            .map(e -> e.getText())
            .findFirst()
            .orElse("severity " + block.getSeverity(row));
    boolean own = block.getPackageIndex(row) != 0;
    AttributionSource borrowed =
        goPackage.equals("(unattributed)") ? AttributionSource.NONE : AttributionSource.SPAN_OF_LOG;
    AttributionSource source = own ? AttributionSource.ofCode(block.getSource(row)) : borrowed;
    return new Explanation.Attribution(
        "log record " + shortened(excerpt), goPackage, Explanation.name(source));
  }

  private static Explanation.Attribution ofLog(ProcessLog log) {
    String excerpt = log.getText().isEmpty() ? "severity " + log.getSeverity() : log.getText();
    boolean known = !log.getPackage().isEmpty();
    return new Explanation.Attribution(
        "log record " + shortened(excerpt),
        known ? log.getPackage() : "(unattributed)",
        Explanation.name(AttributionSource.ofCode(log.getSource())));
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN);
  }
}
