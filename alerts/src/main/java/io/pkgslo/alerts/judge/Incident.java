// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One failure that several services show at once: the same package to blame and the same stack, as
 * a shared module brings it. Reported once instead of once per service.
 *
 * @param goPackage the package to blame
 * @param fingerprint of the stack
 * @param services that show it, sorted; at least two
 */
public record Incident(String goPackage, String fingerprint, List<String> services) {

  private record Failure(String goPackage, String fingerprint) implements Comparable<Failure> {
    @Override
    public int compareTo(Failure other) {
      int byPackage = goPackage.compareTo(other.goPackage);
      return byPackage == 0 ? fingerprint.compareTo(other.fingerprint) : byPackage;
    }
  }

  /** One service that fails. */
  public record Symptom(String service, String goPackage, String fingerprint) {}

  public Incident {
    services = List.copyOf(services);
  }

  /**
   * The incidents among the latest decisions, by service. Only decisions against a canary count:
   * those that roll back, and those that ask a person whether to.
   */
  public static List<Incident> among(Map<String, Decision> decisions) {
    List<Symptom> symptoms = new ArrayList<>();
    for (Map.Entry<String, Decision> entry : decisions.entrySet()) {
      Decision decision = entry.getValue();
      String goPackage = decision.goPackage();
      boolean against = decision.verdict() == Verdict.ROLLBACK || decision.asksForPerson();
      if (!against || goPackage == null) {
        continue;
      }
      for (Example example : decision.examples()) {
        String fingerprint = example.fingerprint();
        if (fingerprint != null && example.arm() == Arm.CANARY) {
          symptoms.add(new Symptom(entry.getKey(), goPackage, fingerprint));
        }
      }
    }
    return of(symptoms);
  }

  /** What at least two services have in common. */
  public static List<Incident> of(List<Symptom> symptoms) {
    Map<Failure, TreeSet<String>> failures = new TreeMap<>();
    for (Symptom symptom : symptoms) {
      failures
          .computeIfAbsent(
              new Failure(symptom.goPackage(), symptom.fingerprint()), failure -> new TreeSet<>())
          .add(symptom.service());
    }
    List<Incident> incidents = new ArrayList<>();
    failures.forEach(
        (failure, services) -> {
          if (services.size() > 1) {
            incidents.add(
                new Incident(failure.goPackage(), failure.fingerprint(), List.copyOf(services)));
          }
        });
    return incidents;
  }
}
