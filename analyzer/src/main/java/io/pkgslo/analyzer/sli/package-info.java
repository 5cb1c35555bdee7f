// SPDX-License-Identifier: Apache-2.0
/**
 * Stage 3 of the analyzer, on top of {@code window}: what counts as valid and as bad. In come
 * settled observations (one partition of {@code pkgslo.observations}); out go closed minutes per
 * arm, and per subject the sums from which budgets and expositions are made. What is older than the
 * retention is dropped and counted; subjects over the bound count in an overflow subject.
 */
@NullMarked
package io.pkgslo.analyzer.sli;

import org.jspecify.annotations.NullMarked;
