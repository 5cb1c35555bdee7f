// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

/** What is counted per subject, and the sample on {@code /metrics} that has to show it. */
enum Measure {
  CALLS("go_package_calls_total"),
  ERRORS("go_package_errors_total"),
  PANICS("go_package_panics_total"),
  INITS("go_package_init_duration_seconds_count"),
  INIT_FAILURES("go_package_init_failures_total"),
  API_CALLS("go_package_api_calls_total"),
  API_ERRORS("go_package_api_errors_total");

  private final String sample;

  Measure(String sample) {
    this.sample = sample;
  }

  /** Name of the sample in the text exposition; summed over all labels but the subject's. */
  String sample() {
    return sample;
  }
}
