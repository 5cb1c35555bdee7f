// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.model.Overflow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, single-threaded: the subjects of one partition, inside their limits. Over the limit of a
 * service its further subjects count as one, over the limit of all as one for all; the version of
 * these names the partition, because each partition has its own. What has no name that a label can
 * have, which ingest says by {@link Overflow#NAME}, counts there from the start.
 */
final class SubjectLedgers {
  private final SubjectLimits limits;
  private final String overflowVersion;
  private final Consumer<SubjectKey> onOverflow;
  private final Map<Release, Family> families = new LinkedHashMap<>();
  private final Map<String, Integer> perService = new HashMap<>();
  private int nextId = 1;
  private int size;

  /** One version of a service. */
  private record Release(String service, String version) {}

  /** The subjects of one version of a service; they share its names. */
  static final class Family {
    private final Release release;
    private final Map<String, SubjectLedger> byPackage = new LinkedHashMap<>();

    private Family(Release release) {
      this.release = release;
    }

    private SubjectKey key(String goPackage) {
      return new SubjectKey(release.service, release.version, goPackage);
    }
  }

  /**
   * @param onOverflow is told each subject that found no place, each time it is asked for
   */
  SubjectLedgers(SubjectLimits limits, int partition, Consumer<SubjectKey> onOverflow) {
    this.limits = limits;
    this.overflowVersion = "(partition " + partition + ")";
    this.onOverflow = onOverflow;
  }

  /** Where the subjects of a version of a service are. */
  Family family(String service, String version) {
    return families.computeIfAbsent(new Release(service, version), Family::new);
  }

  /** The ledger of a package, a new one, or that of the overflow. */
  SubjectLedger of(Family family, String goPackage, Consumer<SubjectLedger> onNew) {
    SubjectLedger known = family.byPackage.get(goPackage);
    if (known != null) {
      return known;
    }
    SubjectKey key = family.key(goPackage);
    boolean isNameless = isNameless(key.service(), key.version());
    if (!isNameless && hasPlace(key.service())) {
      return create(key, onNew);
    }
    if (!isNameless) {
      onOverflow.accept(key);
    }
    if (family.byPackage.isEmpty()) {
      families.remove(family.release);
    }
    return overflow(key.service(), onNew);
  }

  private boolean hasPlace(String service) {
    return size < limits.total() && perService.getOrDefault(service, 0) < limits.perService();
  }

  private @Nullable SubjectLedger get(SubjectKey key) {
    Family family = families.get(new Release(key.service(), key.version()));
    return family == null ? null : family.byPackage.get(key.goPackage());
  }

  private static boolean isNameless(String service, String version) {
    return service.equals(Overflow.NAME) || version.equals(Overflow.NAME);
  }

  /** The overflow of a service if it has or finds a place, else that of all. */
  private SubjectLedger overflow(String service, Consumer<SubjectLedger> onNew) {
    SubjectLedger own = get(overflowKey(service));
    if (own != null) {
      return own;
    }
    SubjectKey key = overflowKey(size < limits.total() ? service : Overflow.NAME);
    SubjectLedger shared = get(key);
    return shared != null ? shared : create(key, onNew);
  }

  private SubjectKey overflowKey(String service) {
    return new SubjectKey(service, overflowVersion, Overflow.NAME);
  }

  /** Whether a subject stands for many that have nothing in common. */
  static boolean isOverflow(SubjectKey key) {
    return key.goPackage().equals(Overflow.NAME);
  }

  /** The exposure of a service and version; null when it is over the limit, or has no name. */
  @Nullable SubjectLedger ofService(String service, String version, Consumer<SubjectLedger> onNew) {
    SubjectKey key = new SubjectKey(service, version, SubjectLedger.SERVICE);
    SubjectLedger known = get(key);
    boolean isFull = size >= limits.total() || isNameless(service, version);
    return known != null || isFull ? known : create(key, onNew);
  }

  /** The exposure that may stand for calls of {@code ledger}. */
  @Nullable SubjectLedger serviceOf(SubjectLedger ledger) {
    return get(new SubjectKey(ledger.key.service(), ledger.key.version(), SubjectLedger.SERVICE));
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
    family(ledger.key.service(), ledger.key.version())
        .byPackage
        .put(ledger.key.goPackage(), ledger);
    size++;
    perService.merge(ledger.key.service(), 1, Integer::sum);
    nextId = Math.max(nextId, ledger.id + 1);
  }

  void remove(SubjectLedger ledger) {
    Family family = family(ledger.key.service(), ledger.key.version());
    family.byPackage.remove(ledger.key.goPackage());
    size--;
    if (family.byPackage.isEmpty()) {
      families.remove(family.release);
    }
    SubjectLedger service = serviceOf(ledger);
    if (service != null) {
      service.exposed.remove(ledger);
    }
    ledger.exposed.forEach(subject -> subject.registeredAsExposed = false);
    perService.computeIfPresent(ledger.key.service(), (s, n) -> n == 1 ? null : n - 1);
  }

  void forEach(Consumer<SubjectLedger> visitor) {
    for (Family family : families.values()) {
      family.byPackage.values().forEach(visitor);
    }
  }

  int size() {
    return size;
  }
}
