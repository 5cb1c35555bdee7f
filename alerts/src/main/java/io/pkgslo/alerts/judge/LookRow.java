// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of a file of looks.
 *
 * @param line where it stands, from 1
 * @param rollout the rollout's name; {@value #NO_ROLLOUT} where the file names none
 * @param look number or time of the look; looks of a rollout are judged in rising order of it
 */
record LookRow(long line, String rollout, long look, SeriesKey key, Counts counts) {

  static final String NO_ROLLOUT = "-";

  static final List<String> REQUIRED =
      List.of(
          "look",
          "package",
          "sli",
          "canary_events",
          "canary_calls",
          "baseline_events",
          "baseline_calls");

  static final List<String> OPTIONAL = List.of("rollout", "phi");

  /** All names in the order of the documentation. */
  static final String FORMAT =
      "[rollout,]look,package,sli,canary_events,canary_calls,baseline_events,baseline_calls[,phi]";

  /**
   * Reads the fields of one line.
   *
   * @param fields text by name; every required name is there
   */
  static LookRow of(long line, Map<String, String> fields) throws LookFileException {
    Map<String, Double> numbers = new TreeMap<>();
    for (String name : List.of("canary_events", "canary_calls", "baseline_events")) {
      numbers.put(name, number(line, name, fields, 0));
    }
    numbers.put("baseline_calls", number(line, "baseline_calls", fields, 0));
    String phi = fields.getOrDefault("phi", "");
    double overdispersion = phi.isBlank() ? 1 : number(line, "phi", fields, 1);
    return new LookRow(
        line,
        fields.getOrDefault("rollout", NO_ROLLOUT),
        look(line, fields),
        new SeriesKey(name(line, "package", fields), Sli.parse(name(line, "sli", fields))),
        new Counts(
            numbers.getOrDefault("canary_events", 0.0),
            numbers.getOrDefault("canary_calls", 0.0),
            numbers.getOrDefault("baseline_events", 0.0),
            numbers.getOrDefault("baseline_calls", 0.0),
            overdispersion));
  }

  private static String name(long line, String column, Map<String, String> fields)
      throws LookFileException {
    String text = fields.getOrDefault(column, "").strip();
    if (text.isEmpty()) {
      throw new LookFileException(line, column + " is empty, expected a name");
    }
    return text;
  }

  private static long look(long line, Map<String, String> fields) throws LookFileException {
    String text = fields.getOrDefault("look", "").strip();
    try {
      long look = new BigDecimal(text).longValueExact();
      if (look >= 0) {
        return look;
      }
    } catch (ArithmeticException | NumberFormatException notWhole) {
      // Told below, with the text.
    }
    throw new LookFileException(
        line, "look is \"" + text + "\", expected a whole number from 0 on");
  }

  private static double number(long line, String column, Map<String, String> fields, int least)
      throws LookFileException {
    String text = fields.getOrDefault(column, "").strip();
    try {
      double value = new BigDecimal(text).doubleValue();
      if (value >= least && value < Double.POSITIVE_INFINITY) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, with the text.
    }
    throw new LookFileException(
        line, column + " is \"" + text + "\", expected a number >= " + least);
  }
}
