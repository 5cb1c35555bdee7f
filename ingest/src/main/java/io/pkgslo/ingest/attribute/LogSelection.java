// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.LogRecordView;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.model.filter.Path;
import io.pkgslo.model.filter.Values;
import io.pkgslo.model.wire.Selection;
import io.pkgslo.model.wire.SelectionSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What log records are to the selectors of objectives. Single-threaded. */
final class LogSelection implements Values {
  private static final List<String> EVENTS = List.of("event.name", "event_name", "event_type");
  private static final int LONGEST_NUMBER = 40;

  private final List<Selector> selectors;
  private final AttributeText texts;
  private final SelectionCache cache = new SelectionCache();
  private final List<Selection> found = new ArrayList<>();
  private @Nullable Item item;

  /**
   * One record.
   *
   * @param fields of its body and its attributes
   * @param severity as it was found, 0 unknown
   */
  record Item(
      LogRecordView view,
      LogFields fields,
      String text,
      int severity,
      @Nullable AttributesView resource,
      @Nullable Slice scope) {}

  LogSelection(List<Selector> selectors) {
    this.selectors = selectors;
    this.texts = new AttributeText(selectors);
  }

  /** Null when no selector takes the record. */
  @Nullable SelectionSet of(String service, Item record) {
    item = record;
    found.clear();
    for (Selector selector : selectors) {
      if (selector.mayBeOf(service) && selector.filter().test(this)) {
        select(selector);
      }
    }
    return cache.setOf(found);
  }

  /** A record without the number that a threshold is about is no event: it says neither. */
  private void select(Selector selector) {
    if (!selector.hasThreshold()) {
      found.add(cache.of(selector, selector.badFilter().test(this), this));
      return;
    }
    Path path = selector.value();
    double value = path == null ? Double.NaN : number(of(path));
    if (!Double.isNaN(value)) {
      found.add(cache.of(selector, value > selector.above(), this));
    }
  }

  private static double number(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > LONGEST_NUMBER) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  @Override
  public @Nullable String of(Path path) {
    Item record = item;
    if (record == null) {
      return null;
    }
    return switch (path.scope()) {
      case ITEM -> record.fields().all().get(path.key());
      case RESOURCE -> texts.of(record.resource(), path);
      case ANYWHERE -> {
        String own = record.fields().all().get(path.key());
        yield own == null ? texts.of(record.resource(), path) : own;
      }
      case FIELD -> field(path.field(), record);
    };
  }

  private static @Nullable String field(Path.Field field, Item record) {
    return switch (field) {
      case BODY -> absentIfEmpty(record.text());
      case EVENT -> {
        Slice name = record.view().eventName();
        yield name.isEmpty() ? absentIfEmpty(record.fields().first(EVENTS)) : name.toString();
      }
      case LOGGER -> absentIfEmpty(record.fields().first(LogPackages.LOGGERS));
      case SEVERITY -> record.severity() == 0 ? null : Integer.toString(record.severity());
      case SCOPE -> SelectionCache.textOf(record.scope());
      case NAME -> null;
    };
  }

  private static @Nullable String absentIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
