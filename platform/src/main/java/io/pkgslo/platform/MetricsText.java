// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.prometheus.client.Collector;
import io.prometheus.client.exemplars.Exemplar;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes series in the Prometheus text format or in OpenMetrics, the latter without its end. One
 * thread at a time.
 */
public final class MetricsText {
  private static final int FLUSH_CHARS = 32 * 1_024;
  private static final double WHOLE_BELOW = 1L << 53;
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Writer writer;
  private final boolean openMetrics;
  private final StringBuilder line = new StringBuilder(FLUSH_CHARS + 4_096);

  /**
   * @param contentType as {@code TextFormat.chooseContentType} says
   */
  public MetricsText(Writer writer, String contentType) {
    this.writer = writer;
    this.openMetrics = contentType.equals(TextFormat.CONTENT_TYPE_OPENMETRICS_100);
  }

  /**
   * Begins a family.
   *
   * @param name without the suffix of counters
   */
  public void family(String name, Collector.Type type, String help) throws IOException {
    String shown = type == Collector.Type.COUNTER && !openMetrics ? name + "_total" : name;
    line.append("# HELP ").append(shown).append(' ');
    escape(help, openMetrics);
    line.append("\n# TYPE ").append(shown).append(' ').append(nameOf(type)).append('\n');
    flushIfFull();
  }

  private static String nameOf(Collector.Type type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Writes one series.
   *
   * @param exemplar shown in OpenMetrics alone
   */
  public void sample(
      String name,
      List<String> labels,
      List<String> values,
      double value,
      @Nullable Exemplar exemplar)
      throws IOException {
    line.append(name);
    if (!labels.isEmpty()) {
      line.append('{');
      for (int i = 0; i < labels.size(); i++) {
        line.append(labels.get(i)).append("=\"");
        escape(values.get(i), true);
        // The comma behind the last one is allowed in one of the formats only.
        line.append(i + 1 < labels.size() || !openMetrics ? "\"," : "\"");
      }
      line.append('}');
    }
    line.append(' ');
    number(value);
    if (exemplar != null && openMetrics) {
      exemplar(exemplar);
    }
    line.append('\n');
    flushIfFull();
  }

  private void exemplar(Exemplar exemplar) {
    line.append(" # {");
    for (int i = 0; i < exemplar.getNumberOfLabels(); i++) {
      line.append(i == 0 ? "" : ",").append(exemplar.getLabelName(i)).append("=\"");
      escape(exemplar.getLabelValue(i), true);
      line.append('"');
    }
    line.append("} ");
    number(exemplar.getValue());
    Long millis = exemplar.getTimestampMs();
    if (millis != null) {
      line.append(' ').append(String.format(Locale.ROOT, "%.3f", millis / MILLIS_PER_SECOND));
    }
  }

  /** Whole numbers quickly: nearly all are. */
  private void number(double value) {
    long whole = (long) value;
    if (whole == value && Math.abs(value) < WHOLE_BELOW) {
      line.append(whole).append(".0");
    } else {
      line.append(Collector.doubleToGoString(value));
    }
  }

  private void escape(String text, boolean quotes) {
    int clean = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' || c == '\n' || (quotes && c == '"')) {
        line.append(text, clean, i).append('\\').append(c == '\n' ? 'n' : c);
        clean = i + 1;
      }
    }
    line.append(text, clean, text.length());
  }

  private void flushIfFull() throws IOException {
    if (line.length() >= FLUSH_CHARS) {
      flush();
    }
  }

  /** Hands on what was written. */
  public void flush() throws IOException {
    writer.append(line);
    line.setLength(0);
  }
}
