// SPDX-License-Identifier: Apache-2.0
/** Verdicts as Prometheus series. In: what the stage gate knows. Out: the exposition. */
@NullMarked
package io.pkgslo.alerts.export;

import org.jspecify.annotations.NullMarked;
