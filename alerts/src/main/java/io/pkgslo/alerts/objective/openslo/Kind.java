// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of OpenSLO documents, as they are spelled there. */
enum Kind {
  SERVICE("Service"),
  SLI("SLI"),
  SLO("SLO"),
  ALERT_POLICY("AlertPolicy"),
  ALERT_CONDITION("AlertCondition"),
  ALERT_NOTIFICATION_TARGET("AlertNotificationTarget"),
  DATA_SOURCE("DataSource");

  private final String word;

  Kind(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  static @Nullable Kind of(String word) {
    for (Kind kind : values()) {
      if (kind.word.equals(word)) {
        return kind;
      }
    }
    return null;
  }

  /** All of them, for messages. */
  static String expected() {
    return "one of " + Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "));
  }
}
