// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.SubjectKey;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: the subjects of one partition, inside their limits. Over the limit of a
 * service its further subjects count as one, over the limit of all as one for all; the version of
 * these names the partition, because each partition has its own.
 */
final class SubjectLedgers {
  static final String OVERFLOW = "(overflow)";

  private final SubjectLimits limits;
  private final String overflowVersion;
  private final Consumer<SubjectKey> onOverflow;
  private final Map<SubjectKey, SubjectLedger> byKey = new LinkedHashMap<>();
  private final Map<String, Integer> perService = new HashMap<>();
  private int nextId = 1;

  /**
   * @param onOverflow is told each subject that found no place, each time it is asked for
   */
  SubjectLedgers(SubjectLimits limits, int partition, Consumer<SubjectKey> onOverflow) {
    this.limits = limits;
    this.overflowVersion = "(partition " + partition + ")";
    this.onOverflow = onOverflow;
  }

  /** The ledger of {@code key}, a new one, or that of the overflow. */
  SubjectLedger of(SubjectKey key, Consumer<SubjectLedger> onNew) {
    SubjectLedger known = byKey.get(key);
    if (known != null) {
      return known;
    }
    if (byKey.size() < limits.total()
        && perService.getOrDefault(key.service(), 0) < limits.perService()) {
      return create(key, onNew);
    }
    onOverflow.accept(key);
    String service = byKey.size() < limits.total() ? key.service() : OVERFLOW;
    SubjectKey overflow = new SubjectKey(service, overflowVersion, OVERFLOW);
    SubjectLedger shared = byKey.get(overflow);
    return shared != null ? shared : create(overflow, onNew);
  }

  /** The exposure of a service and version; null when it is over the limit. */
  @Nullable SubjectLedger ofService(String service, String version, Consumer<SubjectLedger> onNew) {
    SubjectKey key = new SubjectKey(service, version, SubjectLedger.SERVICE);
    SubjectLedger known = byKey.get(key);
    return known != null || byKey.size() >= limits.total() ? known : create(key, onNew);
  }

  /** The exposure that may stand for calls of {@code ledger}. */
  @Nullable SubjectLedger serviceOf(SubjectLedger ledger) {
    return byKey.get(
        new SubjectKey(ledger.key.service(), ledger.key.version(), SubjectLedger.SERVICE));
  }

  /** Lets a subject that panicked hear of its service's API calls. */
  void expose(SubjectLedger ledger, Consumer<SubjectLedger> onNew) {
    if (ledger.registeredAsExposed) {
      return;
    }
    SubjectLedger service = ofService(ledger.key.service(), ledger.key.version(), onNew);
    if (service != null) {
      service.exposed.add(ledger);
      ledger.registeredAsExposed = true;
    }
  }

  private SubjectLedger create(SubjectKey key, Consumer<SubjectLedger> onNew) {
    SubjectLedger ledger = new SubjectLedger(nextId, key);
    put(ledger);
    onNew.accept(ledger);
    return ledger;
  }

  /** Takes a ledger as it was stored. */
  void put(SubjectLedger ledger) {
    byKey.put(ledger.key, ledger);
    perService.merge(ledger.key.service(), 1, Integer::sum);
    nextId = Math.max(nextId, ledger.id + 1);
  }

  void remove(SubjectLedger ledger) {
    byKey.remove(ledger.key);
    SubjectLedger service = serviceOf(ledger);
    if (service != null) {
      service.exposed.remove(ledger);
    }
    ledger.exposed.forEach(subject -> subject.registeredAsExposed = false);
    perService.computeIfPresent(ledger.key.service(), (s, n) -> n == 1 ? null : n - 1);
  }

  Collection<SubjectLedger> all() {
    return Collections.unmodifiableCollection(byKey.values());
  }

  int size() {
    return byKey.size();
  }
}
