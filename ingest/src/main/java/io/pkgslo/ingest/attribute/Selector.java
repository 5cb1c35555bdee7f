// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.model.Glob;
import io.pkgslo.model.SelectorId;
import io.pkgslo.model.filter.Filter;
import io.pkgslo.model.filter.FilterException;
import io.pkgslo.model.filter.Path;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.SelectorLabel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an objective selects, ready to be applied. Its glob over services is applied here only to
 * spare work; versions and packages are the analyzer's to match, who knows what is borrowed.
 *
 * @param id as {@link SelectorId} computes it
 * @param kinds bits by OTLP number; 0 is every kind
 * @param filter which items are events
 * @param badFilter which of them are bad; takes every item where a threshold says so
 * @param metric of metrics: name of the counter or histogram of valid events
 * @param badMetric of metrics: name of the counter of bad events; empty without
 * @param value of logs: whose number {@code above} limits; null without
 * @param above strictly greater is bad; not a number without
 */
record Selector(
    long id,
    Objective.Sli sli,
    Glob service,
    int kinds,
    boolean apiCallsOnly,
    long thresholdNanos,
    Filter filter,
    Filter badFilter,
    String metric,
    String badMetric,
    @Nullable Path value,
    double above,
    List<Path> labels) {
  Selector {
    labels = List.copyOf(labels);
  }

  /**
   * The selector of an objective that has one.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  static Selector of(Objective objective) {
    var items = objective.getSelector();
    boolean log = objective.getSli() == Objective.Sli.LOG;
    try {
      List<Path> labels = new ArrayList<>();
      for (SelectorLabel label : items.getLabelList()) {
        labels.add(Path.parse(label.getPath()));
      }
      return new Selector(
          SelectorId.of(objective),
          objective.getSli(),
          new Glob(objective.getService()),
          kinds(objective),
          objective.getApiCallsOnly() || objective.getSli() == Objective.Sli.AVAILABILITY,
          objective.getThresholdNanos(),
          Filter.parse(items.getFilter()),
          Filter.parse(items.getBadFilter()),
          log ? "" : items.getMetric(),
          items.getBadMetric(),
          log && !items.getMetric().isEmpty() ? Path.parse(items.getMetric()) : null,
          items.getAbove().isEmpty() ? Double.NaN : Double.parseDouble(items.getAbove()),
          labels);
    } catch (FilterException | NumberFormatException e) {
      throw new IllegalArgumentException(objective.getId() + ": " + e.getMessage(), e);
    }
  }

  private static int kinds(Objective objective) {
    return objective.getKindList().stream()
        .mapToInt(kind -> 1 << kind)
        .reduce(0, (all, kind) -> all | kind);
  }

  /** Whether it may take items of a service; those without one may be named later. */
  boolean mayBeOf(String serviceName) {
    return serviceName.isEmpty() || service.matches(serviceName);
  }

  boolean takesKind(int kind) {
    return kinds == 0 || (kinds & 1 << kind) != 0;
  }

  /** Whether a number that a threshold limits says what is bad. */
  boolean hasThreshold() {
    return !Double.isNaN(above);
  }
}
