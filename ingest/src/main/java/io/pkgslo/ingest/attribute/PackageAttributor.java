// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.ingest.decode.AttributeKeys;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.model.AttributionSource;
import java.util.List;

/**
 * The package that a span names itself, by the order of sources of go-telemetry.md 4.2 up to the
 * route table. Holds the last answer; mutable, single-threaded.
 */
final class PackageAttributor {
  private final int[] overrides;
  private final Mains mains;
  private final CodePackages code;
  private final RoutePackages routes;
  private final SliceCache<String> overridden = new SliceCache<>(10_000);
  private String goPackage = "";
  private AttributionSource source = AttributionSource.NONE;

  PackageAttributor(PackageRules rules, AttributeKeys keys, Mains mains) {
    List<String> names = rules.overrideAttributes();
    this.overrides = names.stream().mapToInt(keys::id).toArray();
    this.mains = mains;
    this.code = new CodePackages(mains);
    this.routes = new RoutePackages(rules);
  }

  /** Import path, or empty when the span does not say; the analyzer looks at its relatives then. */
  String goPackage() {
    return goPackage;
  }

  AttributionSource source() {
    return source;
  }

  /** Attributes of a span or log record that its user wrote or its logger took from the code. */
  boolean attributeByCode(AttributesView attributes, String service) {
    return decided(override(attributes, service), AttributionSource.OVERRIDE)
        || decided(code.of(attributes, service), AttributionSource.CODE);
  }

  void attribute(AttributesView attributes, ScopeInfo scope, String service) {
    boolean found =
        attributeByCode(attributes, service)
            || decided(scope.goPackage(), AttributionSource.SCOPE)
            || decided(routes.of(attributes, service), AttributionSource.ROUTE);
    if (!found) {
      goPackage = "";
      source = AttributionSource.NONE;
    }
  }

  /** Takes the answer of a further source; false when it has none. */
  boolean decided(String path, AttributionSource by) {
    if (path.isEmpty()) {
      return false;
    }
    goPackage = path;
    source = by;
    return true;
  }

  /** The path itself, or the import path of this service's {@code main}. */
  String mainOr(String path, String service) {
    return path.equals("main") ? mains.path(GoPackage.MAIN, null, service) : path;
  }

  private String override(AttributesView attributes, String service) {
    for (int key : overrides) {
      Slice text = attributes.text(key);
      if (text != null && !text.isEmpty()) {
        String path = overridden.get(text);
        if (path == null) {
          path = mains.path(GoPackage.parse(text.toString().strip()), null, "");
          overridden.put(text, path);
        }
        return mainOr(path, service);
      }
    }
    return "";
  }
}
