// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.MetricKind;
import io.pkgslo.ingest.decode.MetricPointView;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.ingest.decode.Temporality;
import io.pkgslo.model.filter.Path;
import io.pkgslo.model.filter.Values;
import io.pkgslo.model.wire.SelectedPoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What metric points are to the selectors of objectives: counters, and histograms whose bounds hold
 * the threshold. Single-threaded.
 */
final class MetricSelection implements Values {
  private static final int NO_BOUND = -1;

  private final List<Selector> selectors;
  private final AttributeText texts;
  private final SelectionCache cache = new SelectionCache();
  private List<Selector> ofMetric = List.of();
  private @Nullable MetricPointView point;
  private @Nullable AttributesView resource;
  private @Nullable Slice scope;
  private @Nullable DropReason refused;

  MetricSelection(List<Selector> selectors) {
    this.selectors = selectors;
    this.texts = new AttributeText(selectors);
  }

  /** Whether any selector asks for a metric; the points that follow are its points. */
  boolean metric(String name) {
    List<Selector> asking = new ArrayList<>();
    for (Selector selector : selectors) {
      if (selector.metric().equals(name) || selector.badMetric().equals(name)) {
        asking.add(selector);
      }
    }
    ofMetric = asking;
    return !asking.isEmpty();
  }

  /** Why a selector that takes the latest point could not use it; null when all could. */
  @Nullable DropReason refused() {
    return refused;
  }

  /** What selectors take of a point; null when none does. */
  SelectedPoint.@Nullable Builder of(
      MetricPointView view,
      String service,
      @Nullable AttributesView resourceOf,
      @Nullable Slice scopeName) {
    point = view;
    resource = resourceOf;
    scope = scopeName;
    refused = null;
    SelectedPoint.Builder fact = null;
    for (Selector selector : ofMetric) {
      SelectedPoint.Amount amount = selector.mayBeOf(service) ? amount(selector, view) : null;
      if (amount != null) {
        fact = fact == null ? begin(view) : fact;
        fact.addAmount(amount);
      }
    }
    return fact;
  }

  private static SelectedPoint.Builder begin(MetricPointView view) {
    return SelectedPoint.newBuilder()
        .setSeriesHigh(view.series().high())
        .setSeriesLow(view.series().low())
        .setStartEpochNanos(view.startEpochNanos())
        .setTimeEpochNanos(view.timeEpochNanos())
        .setDelta(view.metric().temporality() == Temporality.DELTA);
  }

  private SelectedPoint.@Nullable Amount amount(Selector selector, MetricPointView view) {
    Slice name = view.metric().name();
    boolean valid = name.toString().equals(selector.metric()) && selector.filter().test(this);
    boolean bad = isBadSeries(selector, name.toString(), valid);
    if (!valid && !bad) {
      return null;
    }
    if (!isCounter(view)) {
      refused = DropReason.NOT_A_COUNTER;
      return null;
    }
    double badAmount = bad ? total(view) : 0;
    if (valid && selector.hasThreshold()) {
      int bucket = firstBucketAbove(view, selector.above());
      if (bucket == NO_BOUND) {
        refused = DropReason.NO_SUCH_BOUND;
        return null;
      }
      badAmount = countFrom(view, bucket);
    }
    return SelectedPoint.Amount.newBuilder()
        .setSelection(cache.of(selector, false, this))
        .setValid(valid ? total(view) : 0)
        .setBad(badAmount)
        .build();
  }

  /**
   * Of one counter the bad series are some of the valid ones; another counter is bad as a whole.
   */
  private boolean isBadSeries(Selector selector, String name, boolean valid) {
    boolean same = selector.badMetric().equals(selector.metric());
    return name.equals(selector.badMetric()) && (valid || !same) && selector.badFilter().test(this);
  }

  private static boolean isCounter(MetricPointView view) {
    return switch (view.metric().kind()) {
      case SUM -> view.metric().isMonotonic();
      case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> true;
      case GAUGE, SUMMARY, NONE -> false;
    };
  }

  private static double total(MetricPointView view) {
    return view.metric().kind() == MetricKind.SUM ? view.value() : unsigned(view.count());
  }

  /** The first bucket whose measurements are all greater; only an explicit bound can say that. */
  private static int firstBucketAbove(MetricPointView view, double above) {
    for (int i = 0; i < view.boundCount(); i++) {
      if (view.boundAt(i) == above) {
        return i + 1;
      }
    }
    return NO_BOUND;
  }

  private static double countFrom(MetricPointView view, int bucket) {
    double count = 0;
    for (int i = bucket; i < view.bucketCount(); i++) {
      count += unsigned(view.bucketCountAt(i));
    }
    return count;
  }

  private static double unsigned(long count) {
    return count >= 0 ? count : 0x1p63 + (count & Long.MAX_VALUE);
  }

  @Override
  public @Nullable String of(Path path) {
    MetricPointView view = point;
    if (view == null) {
      return null;
    }
    return switch (path.scope()) {
      case ITEM -> texts.of(view.attributes(), path);
      case RESOURCE -> texts.of(resource, path);
      case ANYWHERE -> {
        String own = texts.of(view.attributes(), path);
        yield own == null ? texts.of(resource, path) : own;
      }
      case FIELD ->
          switch (path.field()) {
            case SCOPE -> SelectionCache.textOf(scope);
            case BODY, EVENT, LOGGER, SEVERITY, NAME -> null;
          };
    };
  }
}
