// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AnyValueView;
import io.pkgslo.ingest.decode.AttributeKeys;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.ScopeView;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.ingest.decode.ValueKind;
import io.pkgslo.model.ArmText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells arms apart by attributes that the user names, so that two arms may share a service version:
 * attributes of the resource, of the span, or the version of its scope. The span's own value goes
 * before the resource's. A combination of values that came before costs one lookup. Mutable,
 * single-threaded.
 *
 * <p>Every value is an arm that all stages behind hold counts for: a name has at most {@value
 * #MAX_VALUES} of them, of at most {@value #MAX_LENGTH} characters. Further ones share {@link
 * #OTHERS}.
 */
final class ArmAttributes {
  static final int MAX_VALUES = 50;
  static final String OTHERS = "(others)";

  private static final int OF_SCOPE = -1;
  private static final int MAX_LENGTH = 100;
  private static final int MAX_ORIGINS = 20_000;
  private static final int MAX_VARIANTS = 1_000;

  private final List<String> names;

  /** By name: its number for the decoders, or {@link #OF_SCOPE}. */
  private final int[] keys;

  private final List<Set<String>> values = new ArrayList<>();
  private final IdentityHashMap<ProcessOrigin, Base> known = new IdentityHashMap<>();
  private final CacheKey cacheKey = new CacheKey();
  private final Slice scopeVersion = new Slice();
  private Base base;
  private boolean open;

  /**
   * What is known of an origin.
   *
   * @param attributes of the resource
   * @param variants by the values of a span
   */
  private record Base(
      ProcessOrigin origin,
      SortedMap<String, String> attributes,
      SliceCache<ProcessOrigin> variants) {
    static Base of(ProcessOrigin origin) {
      return new Base(origin, ArmText.attributes(origin.arm()), new SliceCache<>(MAX_VARIANTS));
    }
  }

  ArmAttributes(List<String> attributes, AttributeKeys table) {
    names = List.copyOf(new TreeSet<>(attributes));
    keys = new int[names.size()];
    for (int i = 0; i < keys.length; i++) {
      boolean ofScope = names.get(i).equals(ArmText.SCOPE_VERSION);
      keys[i] = ofScope ? OF_SCOPE : table.id(names.get(i));
      values.add(new HashSet<>());
    }
    base = Base.of(SpanFact.NOWHERE);
  }

  boolean isEmpty() {
    return keys.length == 0;
  }

  /** The arm of a resource's items: the values that the resource itself has. */
  String ofResource(String arm, AttributesView resource) {
    SortedMap<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < keys.length; i++) {
      AnyValueView value = keys[i] == OF_SCOPE ? null : resource.get(keys[i]);
      if (value != null && hasText(value)) {
        attributes.put(names.get(i), bounded(i, value.toString()));
      }
    }
    return attributes.isEmpty() ? arm : ArmText.withAttributes(arm, attributes);
  }

  /** The spans that follow are of this origin. */
  void begin(ProcessOrigin origin) {
    if (known.size() >= MAX_ORIGINS) {
      known.clear();
    }
    base = known.computeIfAbsent(origin, Base::of);
  }

  /** The spans that follow are of this scope. */
  void begin(ScopeView scope) {
    Slice version = scope.version();
    scopeVersion.wrap(version.array(), version.offset(), version.length());
  }

  /** The origin of a span, with its own arm. */
  ProcessOrigin of(AttributesView span) {
    cacheKey.begin();
    open = false;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] == OF_SCOPE) {
        cacheKey.add(scopeVersion);
      } else {
        add(i, span.get(keys[i]));
      }
    }
    Slice spoken = cacheKey.slice();
    ProcessOrigin origin = base.variants().get(spoken);
    if (origin == null) {
      origin = variant(span);
      base.variants().put(spoken, origin);
    }
    return origin;
  }

  /** Whether the last span had no value for some attribute, which an enclosing span may have. */
  boolean isOpen() {
    return open;
  }

  private void add(int name, @Nullable AnyValueView value) {
    if (value == null || !hasText(value)) {
      open |= !base.attributes().containsKey(names.get(name));
      cacheKey.add((Slice) null);
    } else if (value.isString()) {
      cacheKey.add(value.text());
    } else {
      cacheKey.add(value.toString());
    }
  }

  private ProcessOrigin variant(AttributesView span) {
    SortedMap<String, String> attributes = new TreeMap<>(base.attributes());
    for (int i = 0; i < keys.length; i++) {
      AnyValueView value = keys[i] == OF_SCOPE ? null : span.get(keys[i]);
      if (keys[i] == OF_SCOPE && !scopeVersion.isEmpty()) {
        attributes.put(names.get(i), bounded(i, scopeVersion.toString()));
      } else if (value != null && hasText(value)) {
        attributes.put(names.get(i), bounded(i, value.toString()));
      }
    }
    return attributes.equals(base.attributes())
        ? base.origin()
        : base.origin().withArm(ArmText.withAttributes(base.origin().arm(), attributes));
  }

  private static boolean hasText(AnyValueView value) {
    return value.kind() != ValueKind.EMPTY && !(value.isString() && value.text().isEmpty());
  }

  private String bounded(int name, String value) {
    String cut = value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH);
    Set<String> seen = values.get(name);
    if (seen.size() >= MAX_VALUES && !seen.contains(cut)) {
      return OTHERS;
    }
    seen.add(cut);
    return cut;
  }
}
