// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Where own telemetry goes. Headers may be secrets: {@link #toString} leaves them out.
 *
 * @param endpoint base address of OTLP over HTTP; empty when nothing is sent
 * @param traces whether own traces are sent
 * @param metrics whether series are pushed
 * @param interval time between two pushes
 * @param headers of every request
 */
public record TelemetrySettings(
    String endpoint,
    boolean traces,
    boolean metrics,
    Duration interval,
    Map<String, String> headers) {
  public static final TelemetrySettings OFF =
      new TelemetrySettings("", false, false, Duration.ofSeconds(60), Map.of());

  public TelemetrySettings {
    headers = Map.copyOf(headers);
    if ((traces || metrics) && !isHttp(endpoint)) {
      throw new IllegalArgumentException(
          "pkgslo.telemetry.endpoint: expected http://host:port or https://host:port, was '"
              + endpoint
              + "'");
    }
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "pkgslo.telemetry.interval: expected 1 ms or more, was " + interval);
    }
    endpoint = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
  }

  static TelemetrySettings of(TelemetryConfig config) {
    return new TelemetrySettings(
        config.endpoint().orElse(""),
        config.traces(),
        config.metrics(),
        config.interval(),
        config.headers());
  }

  private static boolean isHttp(String endpoint) {
    try {
      URI uri = URI.create(endpoint);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "TelemetrySettings["
        + endpoint
        + (traces ? ", traces" : "")
        + (metrics ? ", metrics every " + interval : "")
        + "]";
  }
}
