// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;

/** What the services of one application share. */
final class PlatformProducers {
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  CollectorRegistry registry() {
    return new CollectorRegistry(true);
  }

  @Produces
  @Singleton
  KafkaSettings kafka(Config config) {
    return KafkaSettings.from(config);
  }
}
