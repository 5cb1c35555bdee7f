// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.Durations;
import io.pkgslo.alerts.objective.Severity;
import io.pkgslo.alerts.objective.WindowLabel;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the annotation {@code pkgslo.io/tiers} changes of the usual tiers: elements {@code
 * WINDOW[/SHORT]: [off] [SHARE%] [SEVERITY] [for=D] [keep_firing_for=D]}, on lines or separated by
 * commas.
 */
final class TierAnnotation {
  private static final String KEY = OurAnnotations.TIERS;
  private static final List<String> PAIRS = List.of("for", "keep_firing_for");
  private static final Pattern SHARE = Pattern.compile("([0-9]{1,3}(\\.[0-9]{1,18})?)%");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /**
   * What is different about one tier; null where it is as usual.
   *
   * @param off true when there is no such tier
   * @param shortWindow null for a twelfth of the long one
   */
  record Change(
      boolean off,
      @Nullable Duration shortWindow,
      @Nullable BigDecimal share,
      @Nullable Severity severity,
      @Nullable Duration holdFor,
      @Nullable Duration keepFiringFor) {}

  private final OurAnnotations annotations;
  private final Map<Duration, Change> changes = new LinkedHashMap<>();

  private TierAnnotation(OurAnnotations annotations) {
    this.annotations = annotations;
  }

  /** The changes by long window; what is not valid is reported. */
  static Map<Duration, Change> read(OurAnnotations annotations) {
    TierAnnotation reader = new TierAnnotation(annotations);
    for (String line : annotations.lines(KEY)) {
      for (String element : line.split(",", -1)) {
        if (!element.isBlank()) {
          reader.element(element.strip());
        }
      }
    }
    return reader.changes;
  }

  private void element(String element) {
    int colon = element.indexOf(':');
    String[] windows = colon < 0 ? new String[0] : element.substring(0, colon).split("/", -1);
    Duration window = windows.length == 0 ? null : Durations.window(windows[0].strip());
    Duration shorter = windows.length == 2 ? Durations.window(windows[1].strip()) : null;
    boolean paired = windows.length < 2 || (windows.length == 2 && shorter != null);
    if (window == null || window.isZero() || !paired) {
      error(element, "a window such as 1h and a colon first");
      return;
    }
    if (shorter != null && (shorter.isZero() || shorter.compareTo(window) >= 0)) {
      error(element, "a short window that is shorter than the long one");
      return;
    }
    Words words =
        Words.of(element.substring(colon + 1), message -> annotations.error(KEY, message));
    Change change = words == null ? null : change(element, shorter, words);
    if (change != null && changes.putIfAbsent(window, change) != null) {
      annotations.error(
          KEY, "two tiers of " + WindowLabel.of(window) + ", expected each window once");
    }
  }

  private @Nullable Change change(String element, @Nullable Duration shorter, Words words) {
    String unknown = words.unknown(PAIRS);
    if (unknown != null) {
      error(element, "for= and keep_firing_for= only, not " + YamlMap.quote(unknown));
      return null;
    }
    BigDecimal share = null;
    Severity severity = null;
    boolean off = false;
    for (String word : words.bare()) {
      Matcher percent = SHARE.matcher(word);
      if (percent.matches() && share == null) {
        share = new BigDecimal(percent.group(1)).movePointLeft(2);
      } else if (word.equals("off") && words.bare().size() == 1) {
        off = true;
      } else if (severity == null && !word.endsWith("%") && Severity.isValid(word)) {
        severity = new Severity(word);
      } else {
        error(element, "off, or a share such as 2%, and a severity such as page");
        return null;
      }
    }
    if (share != null && (share.signum() == 0 || share.compareTo(BigDecimal.ONE) > 0)) {
      error(element, "a share of more than 0% and up to " + HUNDRED + "%");
      return null;
    }
    return new Change(
        off,
        shorter,
        share,
        severity,
        hold(element, words, "for"),
        hold(element, words, "keep_firing_for"));
  }

  private @Nullable Duration hold(String element, Words words, String key) {
    String text = words.get(key);
    Duration hold = text == null ? null : Durations.hold(text);
    if (text != null && hold == null) {
      error(element, key + "= as " + Durations.EXPECTED_HOLD);
    }
    return hold;
  }

  private void error(String element, String expected) {
    annotations.error(KEY, "tier " + YamlMap.quote(element) + ", expected " + expected);
  }
}
