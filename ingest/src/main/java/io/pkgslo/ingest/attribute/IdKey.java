// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the key of a logged field says about its value: the spellings of trace and span ids of
 * go-telemetry.md 6. Case, dots, dashes, slashes and underscores do not matter, and one level of
 * grouping is allowed.
 */
enum IdKey {
  /** A trace id in hexadecimal, or one of the forms that tell themselves (X-Ray, traceparent). */
  TRACE,
  /** A span id in hexadecimal. */
  SPAN,
  /** Datadog's: decimal, the low 64 bits; hexadecimal where it logs 128 bits. */
  DATADOG_TRACE,
  DATADOG_SPAN,
  /** W3C: {@code 00-<trace>-<span>-<flags>}. */
  TRACEPARENT,
  /** Jaeger: {@code trace:span:parent:flags}, without leading zeros. */
  UBER,
  /** B3 in one header: {@code trace-span-sampled}. */
  B3;

  private static final int LONGEST = 64;
  private static final List<String> GROUPS =
      List.of("", "attributes", "fields", "trace", "span", "otel", "context", "log", "annotations");
  private static final Map<String, IdKey> BY_NAME = new HashMap<>();

  static {
    for (String group : GROUPS) {
      for (String name : List.of("traceid", "oteltraceid", "opentelemetrytraceid", "xb3traceid")) {
        BY_NAME.put(group + name, TRACE);
      }
      for (String name : List.of("spanid", "otelspanid", "opentelemetryspanid", "xb3spanid")) {
        BY_NAME.put(group + name, SPAN);
      }
      for (String name : List.of("xraytraceid", "awsxraytraceid", "xamzntraceid")) {
        BY_NAME.put(group + name, TRACE);
      }
      BY_NAME.put(group + "logginggoogleapiscomtrace", TRACE);
      BY_NAME.put(group + "logginggoogleapiscomspanid", SPAN);
      BY_NAME.put(group + "ddtraceid", DATADOG_TRACE);
      BY_NAME.put(group + "ddspanid", DATADOG_SPAN);
      BY_NAME.put(group + "traceparent", TRACEPARENT);
      BY_NAME.put(group + "ubertraceid", UBER);
      BY_NAME.put(group + "b3", B3);
    }
  }

  /** Null for the key of anything else. */
  static @Nullable IdKey of(String key) {
    if (key.length() > LONGEST) {
      return null;
    }
    StringBuilder name = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        name.append((char) (c + ('a' - 'A')));
      } else if ("._-/".indexOf(c) < 0) {
        name.append(c);
      }
    }
    return BY_NAME.get(name.toString());
  }
}
