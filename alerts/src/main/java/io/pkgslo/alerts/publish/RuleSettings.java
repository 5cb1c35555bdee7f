// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.publish;

import io.pkgslo.alerts.rule.Form;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the rules of the objectives in force.
 *
 * @param directory where they are written; null for nowhere
 * @param reload where Prometheus is told to read them; null for nowhere
 * @param link where pkgslo answers, for links in alerts; null for links to Prometheus
 * @param retry between two attempts to write or to tell, more than 0
 */
public record RuleSettings(
    Form form, @Nullable Path directory, @Nullable URI reload, @Nullable URI link, Duration retry) {
  public RuleSettings {
    if (retry.isNegative() || retry.isZero()) {
      throw new IllegalArgumentException("pkgslo.alerts.rules.retry must be more than 0");
    }
    if (reload != null && directory == null) {
      throw new IllegalArgumentException(
          "pkgslo.alerts.rules.reload-url needs pkgslo.alerts.rules.directory");
    }
  }
}
