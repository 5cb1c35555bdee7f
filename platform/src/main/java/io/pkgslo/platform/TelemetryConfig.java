// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a service tells others about itself by OTLP; everything is off unless it is asked for. */
@ConfigMapping(prefix = "pkgslo.telemetry")
public interface TelemetryConfig {
  /** Base address of OTLP over HTTP, such as http://collector:4318. Default: none. */
  Optional<String> endpoint();

  /** Whether to send traces of pkgslo's own work. Default: no. */
  @WithDefault("false")
  boolean traces();

  /** Whether to push the series of packages, objectives and rollouts. Default: no. */
  @WithDefault("false")
  boolean metrics();

  /** Time between two pushes of metrics. Default: 60 s. */
  @WithDefault("60s")
  Duration interval();

  /** Headers of every request, such as for authorisation. Default: none. */
  Map<String, String> headers();
}
