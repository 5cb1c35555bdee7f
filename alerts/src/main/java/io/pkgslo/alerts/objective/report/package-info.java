// SPDX-License-Identifier: Apache-2.0
/** What was found in objective files, as tools read it: JSON of our own, and SARIF. */
@NullMarked
package io.pkgslo.alerts.objective.report;

import org.jspecify.annotations.NullMarked;
