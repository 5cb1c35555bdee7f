// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The services, with several versions, packages and processes each. */
final class Fleet {
  private static final String NAMESPACE = "shop";
  private static final List<String> SERVICES =
      List.of("storefront", "checkout", "inventory", "gateway");
  private static final List<String> VERSIONS = List.of("v1.4.0", "v1.5.0", "v1.5.1");
  private static final List<String> PACKAGES =
      List.of("cart", "price", "stock", "internal/rules", "api", "store/sql.v2");

  /** What all services use. */
  private static final String SHARED = "github.com/acme/shared/retry";

  private static final int PROCESSES = 4;

  private final List<Emitter> emitters = new ArrayList<>();
  private final Random random;
  private int extra;

  Fleet(Random random) {
    this.random = random;
    for (String service : SERVICES) {
      for (String version : VERSIONS) {
        for (int i = 0; i < PROCESSES; i++) {
          emitters.add(new Emitter(NAMESPACE, service, version, service + "-" + version + "-" + i));
        }
      }
    }
  }

  /** One of the processes that are always there. */
  Emitter any() {
    return emitters.get(random.nextInt(emitters.size()));
  }

  /** A process that did not exist before. */
  Emitter fresh() {
    Emitter like = any();
    return new Emitter(like.namespace(), like.name(), like.version(), "fresh-" + extra++);
  }

  /** A package that a service runs. */
  String goPackage(Emitter emitter) {
    int index = random.nextInt(PACKAGES.size() + 1);
    return index == PACKAGES.size()
        ? SHARED
        : "github.com/acme/" + emitter.name() + "/" + PACKAGES.get(index);
  }
}
