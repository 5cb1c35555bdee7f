// SPDX-License-Identifier: Apache-2.0
/**
 * Stage 4 of the analyzer, behind {@code sli}: sums and a target in, error budget, burn rates and
 * time to exhaustion out. Pure functions; nothing is dropped. No data stays a third state.
 */
@NullMarked
package io.pkgslo.analyzer.budget;

import org.jspecify.annotations.NullMarked;
