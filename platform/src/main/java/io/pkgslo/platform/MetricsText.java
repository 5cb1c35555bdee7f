// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.prometheus.client.Collector;
import io.prometheus.client.exemplars.Exemplar;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes series in the Prometheus text format or in OpenMetrics, the latter without its end. One
 * thread at a time.
 */
public final class MetricsText {
  private static final int MILLIS_PER_SECOND = 1_000;
  private static final byte[] CLOSE_OPEN_METRICS = {'}', ' '};
  private static final byte[] CLOSE_TEXT = {',', '}', ' '};

  private final ByteText text;
  private final boolean openMetrics;
  private String lastName = "";
  private byte[] lastNameText = {};

  /**
   * @param out gets UTF-8 in pieces of some 64 KiB
   * @param contentType as {@code TextFormat.chooseContentType} says
   */
  public MetricsText(OutputStream out, String contentType) {
    this.text = new ByteText(out);
    this.openMetrics = contentType.equals(TextFormat.CONTENT_TYPE_OPENMETRICS_100);
  }

  /**
   * Begins a family.
   *
   * @param name without the suffix of counters
   */
  public void family(String name, Collector.Type type, String help) throws IOException {
    String shown = type == Collector.Type.COUNTER && !openMetrics ? name + "_total" : name;
    StringBuilder head = new StringBuilder("# HELP ").append(shown).append(' ');
    Labels.escape(help, openMetrics, head);
    head.append("\n# TYPE ").append(shown).append(' ');
    head.append(type.name().toLowerCase(Locale.ROOT)).append('\n');
    text.append(head.toString());
    text.flushIfFull();
  }

  /** Writes one series without an exemplar. */
  public void sample(String name, Labels labels, double value) throws IOException {
    sample(name, labels, Labels.NONE, Labels.NONE, value, null);
  }

  /**
   * Writes one series; its labels are in the order of the three arguments.
   *
   * @param exemplar shown in OpenMetrics alone
   */
  public void sample(
      String name,
      Labels first,
      Labels second,
      Labels third,
      double value,
      @Nullable Exemplar exemplar)
      throws IOException {
    name(name);
    if (first.text().length + second.text().length + third.text().length > 0) {
      text.append('{');
      boolean begun = labels(first, false);
      begun = labels(second, begun);
      labels(third, begun);
      // The comma behind the last one is allowed in one of the formats only.
      text.append(openMetrics ? CLOSE_OPEN_METRICS : CLOSE_TEXT);
    } else {
      text.append(' ');
    }
    text.append(value);
    if (exemplar != null && openMetrics) {
      exemplar(exemplar);
    }
    text.append('\n');
    text.flushIfFull();
  }

  /** Samples of a family come one behind the other: most have the name of the one before. */
  private void name(String name) {
    if (!name.equals(lastName)) {
      lastName = name;
      lastNameText = name.getBytes(StandardCharsets.UTF_8);
    }
    text.append(lastNameText);
  }

  private boolean labels(Labels labels, boolean begun) {
    byte[] pairs = labels.text();
    if (pairs.length == 0) {
      return begun;
    }
    if (begun) {
      text.append(',');
    }
    text.append(pairs);
    return true;
  }

  private void exemplar(Exemplar exemplar) {
    StringBuilder labels = new StringBuilder(" # {");
    for (int i = 0; i < exemplar.getNumberOfLabels(); i++) {
      labels.append(i == 0 ? "" : ",").append(exemplar.getLabelName(i)).append("=\"");
      Labels.escape(exemplar.getLabelValue(i), true, labels);
      labels.append('"');
    }
    text.append(labels.append("} ").toString()).append(exemplar.getValue());
    Long millis = exemplar.getTimestampMs();
    if (millis != null) {
      seconds(millis);
    }
  }

  private void seconds(long millis) {
    long fraction = Math.floorMod(millis, MILLIS_PER_SECOND);
    text.append(' ').append(Math.floorDiv(millis, MILLIS_PER_SECOND)).append('.');
    text.append((char) ('0' + fraction / 100));
    text.append((char) ('0' + fraction / 10 % 10));
    text.append((char) ('0' + fraction % 10));
  }

  /** Hands on what was written. */
  public void flush() throws IOException {
    text.flush();
  }
}
