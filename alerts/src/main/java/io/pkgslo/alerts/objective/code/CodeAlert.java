// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.code;

import io.pkgslo.alerts.objective.Severity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An alert that a comment in Go source declares.
 *
 * @param expr PromQL that fires while it gives a result
 * @param goPackage import path of the package that it stands in
 * @param file below the root of the tree, with slashes; likewise {@code line}, from 1 on
 * @param summary null when there is none; likewise {@code runbookUrl}
 */
public record CodeAlert(
    String name,
    String expr,
    Duration holdFor,
    Severity severity,
    String goPackage,
    String file,
    int line,
    @Nullable String summary,
    @Nullable String runbookUrl) {
  static final Duration DEFAULT_FOR = Duration.ofMinutes(5);
  static final Severity DEFAULT_SEVERITY = new Severity("warning");
}
