// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error budget that has crossed the line of a tenth that is left, as it is told on
 * pkgslo.decisions. Its key tells it from the records of the ledger, whose keys are ids of
 * rollouts.
 *
 * @param degraded less than a tenth is left now; else it no longer is
 * @param labels by which the objective tells its series of one subject apart, in its order
 * @param target decimal, such as 0.999
 * @param remaining share of the budget that is left, negative when overspent; null without data
 * @param at event time up to which everything is counted in it
 */
public record DegradeCheck(
    boolean degraded,
    String service,
    String version,
    String goPackage,
    String slo,
    Map<String, String> labels,
    String target,
    long periodSeconds,
    @Nullable Double remaining,
    Instant at) {
  private static final String TYPE = "degrade-check";
  private static final String KEY_PREFIX = TYPE + "\0";

  public DegradeCheck {
    labels = new LinkedHashMap<>(labels);
  }

  /** Whether a record of pkgslo.decisions with this key is one of these. */
  public static boolean isKey(byte @Nullable [] key) {
    return key != null && new String(key, StandardCharsets.UTF_8).startsWith(KEY_PREFIX);
  }

  /** The same for all crossings of one budget, so that they stay in their order. */
  public byte[] key() {
    StringBuilder key = new StringBuilder(KEY_PREFIX);
    for (String part : new String[] {service, version, goPackage, slo}) {
      key.append(part).append('\0');
    }
    labels.values().forEach(value -> key.append(value).append('\0'));
    return key.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** One JSON object in one line; docs/verdicts.md says what its members are. */
  public String toJson() {
    StringBuilder json = new StringBuilder("{");
    member(json, "type", quoted(TYPE));
    member(json, "format", "1");
    member(json, "state", quoted(degraded ? "degraded" : "recovered"));
    member(json, "service", quoted(service));
    member(json, "version", quoted(version));
    member(json, "package", quoted(goPackage));
    member(json, "slo", quoted(slo));
    StringBuilder values = new StringBuilder("{");
    labels.forEach((name, value) -> member(values, name, quoted(value)));
    member(json, "labels", values.append('}').toString());
    member(json, "target", quoted(target));
    member(json, "periodSeconds", Long.toString(periodSeconds));
    if (remaining != null && Double.isFinite(remaining)) {
      member(json, "budgetRemaining", Double.toString(remaining));
    }
    member(json, "at", quoted(at.toString()));
    return json.append('}').toString();
  }

  private static void member(StringBuilder json, String name, String value) {
    json.append(json.length() == 1 ? "" : ",").append(quoted(name)).append(':').append(value);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
