// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.code;

import io.pkgslo.alerts.objective.yaml.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A comment {@code // @word:Name(key=value, ...) text}.
 *
 * @param word metric or alert
 * @param options without quotes
 * @param text all behind the name and its options, continued lines joined by a blank
 */
record Annotation(String word, String name, Map<String, String> options, String text, Place place) {

  /** Where it stands; columns count characters from 1. */
  record Place(String file, int line, int column, Problems problems) {
    void error(String message) {
      problems.error(file, line, column, message);
    }

    void warning(String message) {
      problems.warning(file, line, column, message);
    }
  }

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]{0,199}");
  private static final Pattern OPTION =
      Pattern.compile("\\s*([a-z_]+)\\s*=\\s*(?:\"([^\"]*+)\"|([^\\s,()\"]*+))\\s*(,|\\))");

  /** Null when it is not well-formed, and reported. */
  static @Nullable Annotation of(String word, String rest, Place place) {
    Matcher name = NAME.matcher(rest);
    if (!name.lookingAt()) {
      place.error("@" + word + ": without a name, expected @" + word + ":Name and text behind it");
      return null;
    }
    Map<String, String> options = new LinkedHashMap<>();
    int at = name.end();
    if (at < rest.length() && rest.charAt(at) == '(') {
      at = options(rest, at + 1, options, place);
    } else if (at < rest.length() && !Character.isWhitespace(rest.charAt(at))) {
      place.error(
          "'"
              + rest.charAt(at)
              + "' behind the name "
              + name.group()
              + ", expected a blank or '('");
      return null;
    }
    return at < 0
        ? null
        : new Annotation(word, name.group(), options, rest.substring(at).strip(), place);
  }

  /** Reads options from {@code start}; gives the end of them, or -1 after an error. */
  private static int options(String rest, int start, Map<String, String> options, Place place) {
    int at = start;
    while (at < rest.length() && rest.charAt(at) != ')') {
      Matcher option = OPTION.matcher(rest).region(at, rest.length());
      if (!option.lookingAt()) {
        place.error("options that cannot be read, expected (key=value, key=\"a value\")");
        return -1;
      }
      String value = option.group(2) == null ? option.group(3) : option.group(2);
      if (options.putIfAbsent(option.group(1), value) != null) {
        place.error("'" + option.group(1) + "' stands twice, expected it once");
      }
      at = option.end();
      if (option.group(4).equals(")")) {
        return at;
      }
    }
    if (at >= rest.length()) {
      place.error("options without an end, expected ')'");
      return -1;
    }
    return at + 1;
  }

  /** Reports options that are not in {@code known}. */
  void refuseOthers(List<String> known) {
    for (String key : options.keySet()) {
      if (!known.contains(key)) {
        place.error("unknown option '" + key + "', expected one of " + String.join(", ", known));
      }
    }
  }
}
