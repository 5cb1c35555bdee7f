// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run restart}: how long an analyzer with many subjects takes from a kill to the
 * end of its first correct scrape, what memory it needs, and what a scrape costs.
 */
@NullMarked
package io.pkgslo.benchmarks.restart;

import org.jspecify.annotations.NullMarked;
