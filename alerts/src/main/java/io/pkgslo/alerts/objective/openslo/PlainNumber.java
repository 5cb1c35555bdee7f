// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import java.math.BigDecimal;

/** A decimal that is written without an exponent and exactly. */
record PlainNumber(BigDecimal value) {}
