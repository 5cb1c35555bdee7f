// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.Durations;
import io.pkgslo.alerts.objective.Exclusion;
import io.pkgslo.alerts.objective.ExclusionExpansion;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The annotation {@code pkgslo.io/exclusions}. A line is one interval, {@code start=T end=T who=W
 * why=W}, or one that recurs, {@code rrule=R start=T zone=Z length=D why=W [who=W]}.
 */
final class ExclusionAnnotation {
  private static final String KEY = OurAnnotations.EXCLUSIONS;
  private static final int MOST = 200;
  private static final List<String> ONCE = List.of("start", "end", "who", "why");
  private static final List<String> RECURRING =
      List.of("rrule", "start", "zone", "length", "why", "who");

  /** Finer rules would exclude most of an hour, and cost a row for each of them. */
  private static final Pattern RULE =
      Pattern.compile("(?i)(.*;)?FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;.*)?");

  private static final LocalDateTime EARLIEST = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final LocalDateTime LATEST = LocalDateTime.of(2200, 1, 1, 0, 0);

  private final OurAnnotations annotations;

  private ExclusionAnnotation(OurAnnotations annotations) {
    this.annotations = annotations;
  }

  /** Those that are valid; the others are reported. */
  static List<Exclusion> read(OurAnnotations annotations) {
    List<String> lines = annotations.lines(KEY);
    if (lines.size() > MOST) {
      annotations.error(KEY, lines.size() + " exclusions, expected up to " + MOST);
      return List.of();
    }
    ExclusionAnnotation reader = new ExclusionAnnotation(annotations);
    List<Exclusion> exclusions = new ArrayList<>();
    for (String line : lines) {
      Words words = Words.of(line, message -> reader.error(line, message));
      Exclusion exclusion = words == null ? null : reader.exclusion(line, words);
      if (exclusion != null) {
        exclusions.add(exclusion);
      }
    }
    return exclusions;
  }

  private @Nullable Exclusion exclusion(String line, Words words) {
    List<String> known = words.get("rrule") == null ? ONCE : RECURRING;
    String unknown = words.unknown(known);
    if (unknown != null || !words.bare().isEmpty()) {
      String found = unknown == null ? words.bare().get(0) : unknown;
      error(
          line,
          YamlMap.quote(found) + " is unknown here, expected " + String.join("=, ", known) + "=");
      return null;
    }
    return words.get("rrule") == null ? once(line, words) : recurring(line, words);
  }

  private Exclusion.@Nullable Once once(String line, Words words) {
    Instant start = instant(line, words, "start");
    Instant end = instant(line, words, "end");
    String who = needed(line, words, "who");
    String why = needed(line, words, "why");
    if (start == null || end == null || who == null || why == null) {
      return null;
    }
    Duration length = Duration.between(start, end);
    if (length.isNegative() || length.isZero() || length.compareTo(Slo.LONGEST_PERIOD) > 0) {
      error(line, "it ends " + end + ", expected after its start, by up to 90 days");
      return null;
    }
    return new Exclusion.Once(start, end, why, who);
  }

  private Exclusion.@Nullable Recurring recurring(String line, Words words) {
    String rule = needed(line, words, "rrule");
    LocalDateTime start = local(line, words);
    ZoneId zone = zone(line, words);
    Duration length = length(line, words);
    String why = needed(line, words, "why");
    if (rule == null || start == null || zone == null || length == null || why == null) {
      return null;
    }
    if (!RULE.matcher(rule).matches()) {
      error(line, "rrule, expected FREQ=DAILY, WEEKLY, MONTHLY or YEARLY in it");
      return null;
    }
    Exclusion.Recurring recurring =
        new Exclusion.Recurring(start, zone, rule, length, why, words.get("who"));
    String fault = ExclusionExpansion.fault(recurring);
    if (fault != null) {
      error(line, "rrule " + YamlMap.quote(rule) + ": " + fault + ", expected one of RFC 5545");
      return null;
    }
    return recurring;
  }

  private @Nullable String needed(String line, Words words, String key) {
    String value = words.get(key);
    if (value == null || value.isBlank()) {
      error(line, "no " + key + "=, expected it");
      return null;
    }
    return value;
  }

  private @Nullable Instant instant(String line, Words words, String key) {
    String text = needed(line, words, key);
    try {
      OffsetDateTime time = text == null ? null : OffsetDateTime.parse(text);
      return time == null || !inRange(time.toLocalDateTime(), line, key) ? null : time.toInstant();
    } catch (DateTimeException e) {
      error(line, key + "=, expected a time with its offset such as 2026-03-01T10:00Z");
      return null;
    }
  }

  private @Nullable LocalDateTime local(String line, Words words) {
    String text = needed(line, words, "start");
    try {
      LocalDateTime time = text == null ? null : LocalDateTime.parse(text);
      return time == null || !inRange(time, line, "start") ? null : time.withNano(0);
    } catch (DateTimeException e) {
      error(line, "start=, expected a local time such as 2026-03-01T02:00");
      return null;
    }
  }

  private boolean inRange(LocalDateTime time, String line, String key) {
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      error(line, key + "=, expected a time from 2000 to 2200");
      return false;
    }
    return true;
  }

  private @Nullable ZoneId zone(String line, Words words) {
    String text = needed(line, words, "zone");
    ZoneId zone = text == null ? null : Zones.named(text);
    if (text != null && zone == null) {
      error(line, "zone=, expected " + Zones.EXPECTED);
    }
    return zone;
  }

  private @Nullable Duration length(String line, Words words) {
    String text = needed(line, words, "length");
    Duration length = text == null ? null : Durations.hold(text);
    if (text != null
        && (length == null
            || length.compareTo(Duration.ofMinutes(1)) < 0
            || length.compareTo(Exclusion.Recurring.LONGEST) > 0)) {
      error(line, "length=, expected a whole number and m, h or d, from 1m to 7d");
      return null;
    }
    return length;
  }

  private void error(String line, String message) {
    annotations.error(KEY, "exclusion " + YamlMap.quote(line) + ": " + message);
  }
}
