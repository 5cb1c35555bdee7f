// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import org.jspecify.annotations.Nullable;

/** Versions of OpenSLO that are read, with the words in which they differ. */
enum Dialect {
  V1("openslo/v1", "indicator", "indicatorRef"),
  V2ALPHA("openslo.com/v2alpha", "sli", "sliRef");

  /** For messages. */
  static final String EXPECTED = V1.apiVersion + " or " + V2ALPHA.apiVersion;

  private final String apiVersion;
  private final String indicator;
  private final String indicatorRef;

  Dialect(String apiVersion, String indicator, String indicatorRef) {
    this.apiVersion = apiVersion;
    this.indicator = indicator;
    this.indicatorRef = indicatorRef;
  }

  static @Nullable Dialect of(String apiVersion) {
    for (Dialect dialect : values()) {
      if (dialect.apiVersion.equals(apiVersion)) {
        return dialect;
      }
    }
    return null;
  }

  /** Key of an SLI that stands inside an SLO. */
  String indicator() {
    return indicator;
  }

  /** Key of the name of an SLI. */
  String indicatorRef() {
    return indicatorRef;
  }
}
