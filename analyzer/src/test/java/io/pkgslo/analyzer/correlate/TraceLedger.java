// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.SpanTraits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What random traces must count to, found the slow way: everything known at once, each span looked
 * up among all others. Shares no code with the stage.
 */
final class TraceLedger {
  /**
   * A span with what it reports.
   *
   * @param failed by its status; one that reports a panic fails anyway
   * @param hint its package comes from an exception
   */
  record Item(TestSpans.Span span, List<Report> reports, boolean failed, boolean hint) {
    int flags() {
      return failed || !reports.isEmpty() ? SpanTraits.FAILED : 0;
    }
  }

  record Report(long identity, long timeMillis, String type, String message) {}

  record Log(long identity, long trace, long span, String service, String goPackage) {}

  private final Map<Long, List<Item>> traces = new HashMap<>();
  private final Map<String, Long> totals = new TreeMap<>();

  TraceLedger(List<Item> items, List<Log> logs) {
    items.forEach(
        item -> traces.computeIfAbsent(item.span().trace(), t -> new ArrayList<>()).add(item));
    for (Item item : items) {
      String service = item.span().origin().getService();
      count("call " + service + " " + packageOf(item));
      if (item.flags() != 0 && isOwnError(item)) {
        count("own error " + service + " " + packageOf(item));
      }
      countEdge(item);
      for (Report report : item.reports()) {
        if (!isCopy(item, report)) {
          count("panic " + service + " " + packageOf(item) + " " + report.message());
        }
      }
    }
    logs.forEach(this::count);
  }

  Map<String, Long> totals() {
    return totals;
  }

  private void countEdge(Item item) {
    String callee = item.span().origin().getService() + " " + packageOf(item);
    Item at = find(item.span().trace(), item.span().parent());
    while (at != null) {
      String caller = at.span().origin().getService() + " " + packageOf(at);
      if (!caller.equals(callee)) {
        String edge = caller + " " + callee;
        count("edge " + edge);
        if (item.flags() != 0) {
          count("edge error " + edge);
        }
        // Spans last 1 ms: a child covers all of its parent or nothing.
        long end = item.span().endMillis();
        boolean covered =
            traces.get(item.span().trace()).stream()
                .map(Item::span)
                .anyMatch(c -> c.parent() == item.span().id() && c.endMillis() == end);
        totals.merge("edge millis " + edge, covered ? 0L : 1L, Long::sum);
        return;
      }
      at = find(item.span().trace(), at.span().parent());
    }
  }

  private void count(String what) {
    totals.merge(what, 1L, Long::sum);
  }

  private void count(Log log) {
    Item item = find(log.trace(), log.span());
    String borrowed = item == null ? "(unattributed)" : packageOf(item);
    String goPackage = log.goPackage().isEmpty() ? borrowed : log.goPackage();
    count("log " + log.service() + " " + goPackage);
    if (item == null && log.span() != 0) {
      count("orphan " + log.service() + " " + goPackage);
    }
  }

  private Item find(long trace, long span) {
    return traces.getOrDefault(trace, List.of()).stream()
        .filter(item -> item.span().id() == span)
        .findFirst()
        .orElse(null);
  }

  private boolean isOwnError(Item item) {
    if (!item.reports().isEmpty()) {
      return !item.reports().stream().allMatch(report -> isCopy(item, report));
    }
    return traces.get(item.span().trace()).stream()
        .noneMatch(other -> other.span().parent() == item.span().id() && other.flags() != 0);
  }

  private String packageOf(Item item) {
    TestSpans.Span span = item.span();
    if (!span.goPackage().isEmpty() && !item.hint()) {
      return span.goPackage();
    }
    String hint = span.goPackage().isEmpty() ? "(unattributed)" : span.goPackage();
    List<TestSpans.Span> up = new ArrayList<>();
    List<TestSpans.Span> down = new ArrayList<>();
    for (Item other : traces.get(span.trace())) {
      if (other.span().goPackage().isEmpty() || other.hint() || !sameProcess(other.span(), span)) {
        continue;
      }
      if (hops(span, other.span()) > 0) {
        up.add(other.span());
      }
      if (hops(other.span(), span) > 0) {
        down.add(other.span());
      }
    }
    Comparator<TestSpans.Span> nearest =
        Comparator.<TestSpans.Span>comparingInt(
                other -> Math.max(hops(span, other), hops(other, span)))
            .thenComparingLong(TestSpans.Span::endMillis)
            .thenComparingLong(TestSpans.Span::id);
    boolean downFirst =
        span.kind() == SpanTraits.KIND_SERVER || span.kind() == SpanTraits.KIND_CONSUMER;
    List<TestSpans.Span> first = downFirst ? down : up;
    List<TestSpans.Span> then = downFirst ? up : down;
    List<TestSpans.Span> candidates = first.isEmpty() ? then : first;
    return candidates.stream().min(nearest).map(TestSpans.Span::goPackage).orElse(hint);
  }

  /** How many parents up from one span the other is; 0 when it is no ancestor. */
  private int hops(TestSpans.Span from, TestSpans.Span to) {
    int hops = 0;
    Item at = find(from.trace(), from.id());
    while (at != null) {
      if (at.span().id() == to.id()) {
        return hops;
      }
      hops++;
      at = find(from.trace(), at.span().parent());
    }
    return 0;
  }

  private static boolean sameProcess(TestSpans.Span one, TestSpans.Span other) {
    return one.origin().getProcess().equals(other.origin().getProcess());
  }

  private boolean isCopy(Item outer, Report report) {
    for (Item inner : traces.get(outer.span().trace())) {
      for (Report other : inner.reports()) {
        boolean alike =
            other.message().equals(report.message())
                && (other.type().equals(report.type())
                    || other.type().isEmpty()
                    || report.type().isEmpty());
        boolean close = Math.abs(other.timeMillis() - report.timeMillis()) <= 50;
        if (alike && close && isInside(inner, outer)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isInside(Item inner, Item outer) {
    Item at = find(inner.span().trace(), inner.span().parent());
    while (at != null && sameProcess(at.span(), inner.span())) {
      if (at.span().id() == outer.span().id()) {
        return true;
      }
      at = find(inner.span().trace(), at.span().parent());
    }
    return false;
  }
}
