// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import io.pkgslo.alerts.objective.Budgeting;
import io.pkgslo.alerts.objective.Durations;
import io.pkgslo.alerts.objective.yaml.YamlMap;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The budgeting method of an SLO, and the slices that its objectives name. */
final class BudgetingReader {
  /** Slices longer than a day say nothing within a burn rate's windows. */
  private static final Duration LONGEST_SLICE = Duration.ofDays(1);

  private static final String SLICE_TARGET = "timeSliceTarget";
  private static final String SLICE_WINDOW = "timeSliceWindow";

  private enum Method {
    OCCURRENCES("Occurrences"),
    TIMESLICES("Timeslices"),
    RATIO_TIMESLICES("RatioTimeslices");

    private final String word;

    Method(String word) {
      this.word = word;
    }
  }

  private final @Nullable Method method;

  private BudgetingReader(@Nullable Method method) {
    this.method = method;
  }

  /** Reads the method; one that is not valid is reported here, and once. */
  static BudgetingReader of(YamlMap spec) {
    String expected = "Occurrences, Timeslices or RatioTimeslices";
    String word = spec.requiredText("budgetingMethod", expected);
    for (Method method : Method.values()) {
      if (method.word.equals(word)) {
        return new BudgetingReader(method);
      }
    }
    if (word != null) {
      spec.unexpected("budgetingMethod", expected);
    }
    return new BudgetingReader(null);
  }

  /** Null when the objective does not fit the method, and reported. */
  @Nullable Budgeting read(YamlMap objective) {
    if (method == null) {
      return null;
    }
    return switch (method) {
      case OCCURRENCES -> {
        refuse(objective, SLICE_TARGET);
        refuse(objective, SLICE_WINDOW);
        yield Budgeting.OCCURRENCES;
      }
      case TIMESLICES -> {
        Duration slice = slice(objective);
        BigDecimal target = sliceTarget(objective);
        yield slice == null || target == null ? null : new Budgeting.Timeslices(slice, target);
      }
      case RATIO_TIMESLICES -> {
        refuse(objective, SLICE_TARGET);
        Duration slice = slice(objective);
        yield slice == null ? null : new Budgeting.RatioTimeslices(slice);
      }
    };
  }

  private void refuse(YamlMap objective, String key) {
    if (method != null && objective.has(key)) {
      objective.error(
          key, YamlMap.quote(key) + " belongs to time slices, expected none with " + method.word);
    }
  }

  private static @Nullable BigDecimal sliceTarget(YamlMap objective) {
    objective.required(SLICE_TARGET, "a share of good events, more than 0 and up to 1");
    BigDecimal target = objective.number(SLICE_TARGET);
    if (target != null && (target.signum() == 0 || target.compareTo(BigDecimal.ONE) > 0)) {
      objective.unexpected(SLICE_TARGET, "more than 0 and up to 1");
      return null;
    }
    return target;
  }

  /** A bare number is minutes. */
  private static @Nullable Duration slice(YamlMap objective) {
    Node value = objective.required(SLICE_WINDOW, "the length of a slice, such as 1m");
    if (value == null) {
      return null;
    }
    String text =
        value instanceof ScalarNode scalar
            ? scalar.getValue() + (scalar.getTag().equals(Tag.INT) ? "m" : "")
            : "";
    Duration slice = Durations.window(text);
    if (slice == null
        || slice.compareTo(Duration.ofMinutes(1)) < 0
        || slice.compareTo(LONGEST_SLICE) > 0) {
      objective.unexpected(SLICE_WINDOW, "a whole number and m, h or d, from 1m to 1d");
      return null;
    }
    return slice;
  }
}
