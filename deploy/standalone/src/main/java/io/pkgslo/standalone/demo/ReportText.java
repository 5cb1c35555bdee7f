// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.demo;

import io.pkgslo.standalone.demo.DemoReport.PackageRow;
import io.pkgslo.standalone.demo.DemoReport.VerdictRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The report for people: a table of packages, then a paragraph per rollout. */
public final class ReportText {
  private static final String ABSENT = "-";
  private static final String INDENT = "    ";
  private static final int STACK_LINES = 8;
  private static final double MILLISECOND = 1e-3;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("service", false, PackageRow::service),
          new Column("version", false, PackageRow::version),
          new Column("package", false, PackageRow::packageName),
          new Column("calls", true, row -> count(row.calls())),
          new Column("errors", true, row -> count(row.errors())),
          new Column("panics", true, row -> count(row.panics())),
          new Column("per 10,000", true, row -> number(row.panicsPer10k(), "%.2f", 1)),
          new Column("init P95", true, row -> seconds(row.initP95Seconds())),
          new Column("budget left", true, row -> number(row.budgetRemaining(), "%.1f %%", 100)));

  private ReportText() {}

  /** Lines, each ended by a line feed. Packages without calls are told in one. */
  public static String write(DemoReport report) {
    StringBuilder text = new StringBuilder();
    table(text, report.packages().stream().filter(ReportText::isActive).toList());
    onlyInitialised(text, report.packages().stream().filter(row -> !isActive(row)).toList());
    for (VerdictRow verdict : report.verdicts()) {
      text.append('\n');
      paragraph(text, verdict);
    }
    if (report.verdicts().isEmpty()) {
      text.append("\nno rollout was seen: a single version per service, or no calls\n");
    }
    return text.toString();
  }

  private record Column(String title, boolean isNumber, Function<PackageRow, String> cell) {}

  private static void table(StringBuilder text, List<PackageRow> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(COLUMNS.stream().map(Column::title).toList());
    rows.forEach(row -> lines.add(COLUMNS.stream().map(c -> c.cell().apply(row)).toList()));
    int[] widths = new int[COLUMNS.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(line.get(i)));
      }
    }
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - width(line.get(i)));
        row.append(COLUMNS.get(i).isNumber() ? padding + line.get(i) : line.get(i) + padding);
        row.append("  ");
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
  }

  /** A Go program initialises a hundred packages that nobody calls; they would bury the others. */
  private static boolean isActive(PackageRow row) {
    return row.calls().signum() != 0 || row.errors().signum() != 0 || row.panics().signum() != 0;
  }

  private static void onlyInitialised(StringBuilder text, List<PackageRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    text.append("and ").append(rows.size()).append(" without calls");
    rows.stream()
        .filter(row -> row.initP95Seconds() != null)
        .max(Comparator.comparingDouble(ReportText::initSeconds))
        .ifPresent(
            row ->
                text.append("; slowest to initialise: ")
                    .append(row.packageName())
                    .append(" in ")
                    .append(row.service())
                    .append(' ')
                    .append(row.version())
                    .append(", P95 ")
                    .append(seconds(row.initP95Seconds())));
    text.append('\n');
  }

  private static double initSeconds(PackageRow row) {
    Double seconds = row.initP95Seconds();
    return seconds == null ? 0 : seconds;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private static void paragraph(StringBuilder text, VerdictRow row) {
    text.append(row.verdict().toUpperCase(Locale.ROOT))
        .append("  ")
        .append(row.service())
        .append(' ')
        .append(row.version())
        .append(" beside ")
        .append(row.baseline());
    if (row.packageName() != null) {
      text.append(", because of ").append(row.packageName());
    }
    text.append('\n').append(row.reason()).append('\n');
    if (row.stack() != null) {
      stack(text, row.stack().lines().toList(), row.packageName());
    }
  }

  /** From the blamed package's first frame on: above it stand the recovery and the runtime. */
  private static void stack(StringBuilder text, List<String> lines, @Nullable String packageName) {
    int from = 0;
    while (packageName != null && from < lines.size() && !lines.get(from).contains(packageName)) {
      from++;
    }
    if (from == lines.size()) {
      from = 0;
    }
    if (from > 0) {
      text.append(INDENT).append(lines.get(0)).append('\n').append(INDENT).append("...\n");
    }
    lines.stream()
        .skip(from)
        .limit(STACK_LINES)
        .forEach(line -> text.append(INDENT).append(line).append('\n'));
  }

  private static String count(BigDecimal value) {
    return String.format(Locale.ROOT, "%,." + Math.min(Math.max(value.scale(), 0), 2) + "f", value);
  }

  private static String number(@Nullable Double value, String format, double factor) {
    return value == null ? ABSENT : String.format(Locale.ROOT, format, value * factor);
  }

  private static String seconds(@Nullable Double value) {
    if (value == null) {
      return ABSENT;
    }
    return value < 1
        ? String.format(Locale.ROOT, "%.3g ms", value / MILLISECOND)
        : String.format(Locale.ROOT, "%.3g s", value);
  }
}
