// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.attribute.ScopeName;
import io.pkgslo.ingest.decode.ScopeView;
import io.pkgslo.ingest.decode.Slice;
import java.util.List;
import java.util.Set;

/** Scopes by name. What came before costs one lookup. Single-threaded. */
final class ScopePackages {
  private static final int CAPACITY = 20_000;

  private final List<String> modulePrefixes;
  private final Set<String> sidecars;
  private final SliceCache<ScopeInfo> known = new SliceCache<>(CAPACITY);

  ScopePackages(PackageRules rules, SidecarRules sidecars) {
    this.modulePrefixes = rules.modulePrefixes();
    this.sidecars = Set.copyOf(sidecars.scopes());
  }

  ScopeInfo of(ScopeView scope) {
    Slice name = scope.name();
    ScopeInfo info = known.get(name);
    if (info == null) {
      info = classify(name.toString());
      known.put(name, info);
    }
    return info;
  }

  private ScopeInfo classify(String name) {
    return new ScopeInfo(packageOf(name), sidecars.contains(name));
  }

  /** Also for the names of loggers, which follow the same conventions. */
  String packageOf(String name) {
    ScopeName meaning = ScopeName.classify(name, modulePrefixes);
    return meaning instanceof ScopeName.UserPackage user ? user.pkg().path() : "";
  }
}
