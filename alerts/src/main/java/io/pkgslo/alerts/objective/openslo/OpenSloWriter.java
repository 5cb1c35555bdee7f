// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.Budgeting;
import io.pkgslo.alerts.objective.CalendarWindow;
import io.pkgslo.alerts.objective.Notes;
import io.pkgslo.alerts.objective.PackageSli;
import io.pkgslo.alerts.objective.PrometheusQueries;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.WindowLabel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Objectives as OpenSLO v1: one document for each, which reads back as an equal objective. Equal
 * objectives give equal text.
 */
public final class OpenSloWriter {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int WIDTH = 100;

  private OpenSloWriter() {}

  /** All of them, in their order, with a separator between two. */
  public static String write(List<Slo> slos) {
    return String.join("---\n", slos.stream().map(OpenSloWriter::write).toList());
  }

  /** One document. */
  public static String write(Slo slo) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "openslo/v1");
    document.put("kind", "SLO");
    document.put("metadata", metadata(slo));
    document.put("spec", spec(slo));
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(WIDTH);
    options.setSplitLines(false);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    return new Yaml(new PlainRepresenter(options), options).dump(document);
  }

  private static Map<String, Object> metadata(Slo slo) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", slo.id());
    if (!slo.displayName().equals(slo.id())) {
      metadata.put("displayName", slo.displayName());
    }
    putAll(metadata, "labels", slo.notes().labels());
    Map<String, List<String>> annotations = new LinkedHashMap<>(slo.notes().annotations());
    annotations.putAll(AnnotationWriter.of(slo));
    putAll(metadata, "annotations", annotations);
    return metadata;
  }

  /** One value is written as text, several as a list. */
  private static void putAll(
      Map<String, Object> target, String key, Map<String, List<String>> entries) {
    if (!entries.isEmpty()) {
      Map<String, Object> values = new LinkedHashMap<>();
      entries.forEach((name, all) -> values.put(name, all.size() == 1 ? all.get(0) : all));
      target.put(key, values);
    }
  }

  private static Map<String, Object> spec(Slo slo) {
    Notes notes = slo.notes();
    Map<String, Object> spec = new LinkedHashMap<>();
    if (notes.description() != null) {
      spec.put("description", notes.description());
    }
    spec.put("service", notes.service() == null ? slo.id() : notes.service());
    spec.put("indicator", Map.of("spec", indicator(slo)));
    spec.put("timeWindow", List.of(timeWindow(slo)));
    Map<String, Object> objective = new LinkedHashMap<>();
    if (slo.source() instanceof PrometheusQueries.Threshold threshold) {
      objective.put("op", threshold.op().word());
      objective.put("value", new PlainNumber(threshold.value()));
    }
    objective.put("target", new PlainNumber(slo.target()));
    spec.put("budgetingMethod", budgeting(slo.budgeting(), objective));
    spec.put("objectives", List.of(objective));
    return spec;
  }

  private static Map<String, Object> timeWindow(Slo slo) {
    Map<String, Object> window = new LinkedHashMap<>();
    CalendarWindow calendar = slo.calendar();
    if (calendar == null) {
      window.put("duration", duration(slo.period()));
      window.put("isRolling", true);
    } else {
      window.put("duration", calendar.count() + calendar.unit().letter());
      Map<String, Object> start = new LinkedHashMap<>();
      start.put("startTime", TimeWindowReader.LOCAL_TIME.format(calendar.start()));
      start.put("timeZone", calendar.zone().getId());
      window.put("calendar", start);
      window.put("isRolling", false);
    }
    return window;
  }

  private static String duration(Duration duration) {
    long weeks = duration.toDays() / 7;
    return duration.equals(WEEK.multipliedBy(weeks)) ? weeks + "w" : WindowLabel.of(duration);
  }

  private static String budgeting(Budgeting budgeting, Map<String, Object> objective) {
    if (budgeting instanceof Budgeting.Timeslices slices) {
      objective.put("timeSliceTarget", new PlainNumber(slices.sliceTarget()));
      objective.put("timeSliceWindow", WindowLabel.of(slices.slice()));
      return "Timeslices";
    }
    if (budgeting instanceof Budgeting.RatioTimeslices slices) {
      objective.put("timeSliceWindow", WindowLabel.of(slices.slice()));
      return "RatioTimeslices";
    }
    return "Occurrences";
  }

  private static Map<String, Object> indicator(Slo slo) {
    if (slo.source() instanceof PackageSli counted) {
      // Twice and not by an anchor: readers limit aliases.
      return ratio(true, "bad", SourceWriter.pkgsloBad(counted), SourceWriter.pkgslo(counted));
    }
    if (slo.source() instanceof PrometheusQueries.Ratio ratio) {
      return ratio(
          ratio.counter(),
          ratio.partIsBad() ? "bad" : "good",
          SourceWriter.prometheus(ratio.part()),
          SourceWriter.prometheus(ratio.total()));
    }
    if (slo.source() instanceof PrometheusQueries.Raw raw) {
      Map<String, Object> metric = new LinkedHashMap<>();
      metric.put("raw", SourceWriter.prometheus(raw.query()));
      metric.put("rawType", raw.isErrorRatio() ? "failure" : "success");
      return Map.of("ratioMetric", metric);
    }
    if (slo.source() instanceof PrometheusQueries.Threshold threshold) {
      return Map.of("thresholdMetric", SourceWriter.prometheus(threshold.query()));
    }
    throw new IllegalStateException("unknown source of " + slo.id());
  }

  private static Map<String, Object> ratio(
      boolean counter, String key, Map<String, Object> part, Map<String, Object> total) {
    Map<String, Object> metric = new LinkedHashMap<>();
    metric.put("counter", counter);
    metric.put(key, part);
    metric.put("total", total);
    return Map.of("ratioMetric", metric);
  }
}
