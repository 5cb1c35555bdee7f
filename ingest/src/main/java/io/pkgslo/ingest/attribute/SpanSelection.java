// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AttributeKeys;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.ingest.decode.SpanView;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.filter.Path;
import io.pkgslo.model.filter.Values;
import io.pkgslo.model.wire.Objective;
import io.pkgslo.model.wire.Selection;
import io.pkgslo.model.wire.SelectionSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What calls are to the selectors of objectives. Single-threaded. */
final class SpanSelection implements Values {
  private final List<Selector> selectors;
  private final AttributeText texts;
  private final AttributeKeys keys;
  private final SelectionCache cache = new SelectionCache();
  private final List<Selection> found = new ArrayList<>();
  private @Nullable SpanView span;
  private @Nullable AttributesView resource;
  private @Nullable Slice scope;

  SpanSelection(List<Selector> selectors) {
    this.selectors = selectors;
    this.texts = new AttributeText(selectors);
    this.keys = texts.attributeKeys();
  }

  /** Attributes of spans that selectors look at. */
  AttributeKeys attributeKeys() {
    return keys;
  }

  /** Null when no selector takes the span, whose fact is complete. */
  @Nullable SelectionSet of(
      SpanView view,
      SpanFact fact,
      @Nullable AttributesView resourceOf,
      @Nullable Slice scopeName) {
    if (SpanTraits.has(fact.traits, SpanTraits.INIT)) {
      return null;
    }
    span = view;
    resource = resourceOf;
    scope = scopeName;
    found.clear();
    for (Selector selector : selectors) {
      if (takes(selector, fact) && selector.filter().test(this)) {
        found.add(cache.of(selector, isBad(selector, fact), this));
      }
    }
    return cache.setOf(found);
  }

  private static boolean takes(Selector selector, SpanFact fact) {
    return selector.mayBeOf(fact.origin.service())
        && selector.takesKind(SpanTraits.kind(fact.traits))
        && (!selector.apiCallsOnly() || SpanTraits.isApiCall(fact.traits));
  }

  private static boolean isBad(Selector selector, SpanFact fact) {
    return selector.sli() == Objective.Sli.LATENCY
        ? fact.durationNanos > selector.thresholdNanos()
        : SpanTraits.has(fact.traits, SpanTraits.FAILED)
            || SpanTraits.status(fact.traits) == SpanTraits.STATUS_ERROR;
  }

  @Override
  public @Nullable String of(Path path) {
    SpanView view = span;
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
            case NAME -> view.name().toString();
            case SCOPE -> SelectionCache.textOf(scope);
            case BODY, EVENT, LOGGER, SEVERITY -> null;
          };
    };
  }
}
