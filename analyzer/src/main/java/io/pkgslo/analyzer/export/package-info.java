// SPDX-License-Identifier: Apache-2.0
/**
 * Stage 5 of the analyzer, behind {@code budget}: what Prometheus scrapes. In come committed
 * snapshots of subjects; out go series. Nothing is dropped; a partition that is not owned or still
 * restoring shows nothing.
 */
@NullMarked
package io.pkgslo.analyzer.export;

import org.jspecify.annotations.NullMarked;
