// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.Origin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last few error logs of each package, for people who look at it. Not durable and not exact: an
 * instance knows what it saw since it started. Thread-safe by one lock: errors are few.
 */
public final class RecentErrors {
  private record Subject(String service, String version, String goPackage) {}

  private final int maxPackages;
  private final int maxPerPackage;
  private final Map<Subject, Deque<ErrorLog>> logs = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param maxPackages (service, version, package) that are kept; the one without news for longest
   *     goes first
   * @param maxPerPackage logs of each
   */
  public RecentErrors(int maxPackages, int maxPerPackage) {
    this.maxPackages = maxPackages;
    this.maxPerPackage = maxPerPackage;
  }

  synchronized void add(Origin origin, String goPackage, ErrorLog log) {
    Subject subject = new Subject(origin.getService(), origin.getVersion(), goPackage);
    Deque<ErrorLog> ofPackage = logs.computeIfAbsent(subject, s -> new ArrayDeque<>());
    ofPackage.addFirst(log);
    if (ofPackage.size() > maxPerPackage) {
      ofPackage.removeLast();
    }
    if (logs.size() > maxPackages) {
      logs.remove(logs.keySet().iterator().next());
    }
  }

  /** The last error logs of a package, latest arrival first; empty when none is known. */
  public synchronized List<ErrorLog> of(String service, String version, String goPackage) {
    Deque<ErrorLog> ofPackage = logs.get(new Subject(service, version, goPackage));
    return ofPackage == null ? List.of() : List.copyOf(ofPackage);
  }
}
