// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.pkgslo.standalone.exact.Telemetry.EmittedSpan;
import io.pkgslo.standalone.exact.Telemetry.SpanKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The package of each span: what its code attributes say, else its scope, else its nearest span of
 * the same process that says it itself (reference: go-telemetry.md 4.1 and 4.2, sli.md,
 * Identities).
 */
final class SpanPackages {
  static final String UNATTRIBUTED = "(unattributed)";

  /** Of several relatives as near. Ids are compared as the unsigned numbers that they are. */
  private static final Comparator<EmittedSpan> FIRST =
      Comparator.<EmittedSpan>comparingLong(s -> s.span().getStartTimeUnixNano())
          .thenComparing(s -> Ids.hex(s.span().getSpanId()));

  private final Telemetry telemetry;

  /** What spans say themselves; no value where they do not. */
  private final Map<SpanKey, Optional<String>> ownPackages = new HashMap<>();

  SpanPackages(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  /** The package as it is counted, {@code (unattributed)} if neither span nor relatives say it. */
  String of(EmittedSpan span) {
    String own = ownPackage(span);
    if (own != null) {
      return own;
    }
    SpanKind kind = span.span().getKind();
    boolean serves = kind == SpanKind.SPAN_KIND_SERVER || kind == SpanKind.SPAN_KIND_CONSUMER;
    String nearest = serves ? below(span) : above(span);
    if (nearest == null) {
      nearest = serves ? above(span) : below(span);
    }
    return nearest == null ? UNATTRIBUTED : nearest;
  }

  private @Nullable String ownPackage(EmittedSpan span) {
    return ownPackages
        .computeIfAbsent(span.key(), key -> Optional.ofNullable(findOwnPackage(span)))
        .orElse(null);
  }

  private static @Nullable String findOwnPackage(EmittedSpan span) {
    Map<String, String> attributes = Attributes.of(span.span().getAttributesList());
    String path = GoNames.importPath(symbol(attributes));
    if (path == null && GoNames.isUserPackage(span.scope())) {
      path = span.scope();
    }
    return path == null ? null : GoNames.counted(path, span.emitter().service());
  }

  private static String symbol(Map<String, String> attributes) {
    String name = Attributes.first(attributes, "code.function.name");
    if (!name.isEmpty()) {
      return name;
    }
    String function = Attributes.first(attributes, "code.function");
    String namespace = Attributes.first(attributes, "code.namespace");
    return namespace.isEmpty() ? function : namespace + "." + function;
  }

  private @Nullable String above(EmittedSpan span) {
    Set<SpanKey> visited = new HashSet<>(Set.of(span.key()));
    EmittedSpan ancestor = telemetry.parent(span);
    while (ancestor != null && visited.add(ancestor.key())) {
      if (saysIt(ancestor, span)) {
        return ownPackage(ancestor);
      }
      ancestor = telemetry.parent(ancestor);
    }
    return null;
  }

  private @Nullable String below(EmittedSpan span) {
    Set<SpanKey> visited = new HashSet<>(Set.of(span.key()));
    List<EmittedSpan> level = List.of(span);
    while (!level.isEmpty()) {
      List<EmittedSpan> next = new ArrayList<>();
      for (EmittedSpan parent : level) {
        telemetry.children(parent).stream()
            .filter(child -> visited.add(child.key()))
            .forEach(next::add);
      }
      EmittedSpan nearest =
          next.stream().filter(relative -> saysIt(relative, span)).min(FIRST).orElse(null);
      if (nearest != null) {
        return ownPackage(nearest);
      }
      level = next;
    }
    return null;
  }

  private boolean saysIt(EmittedSpan relative, EmittedSpan span) {
    return relative.emitter().process().equals(span.emitter().process())
        && ownPackage(relative) != null;
  }
}
