// SPDX-License-Identifier: Apache-2.0
/**
 * Filters of objectives, as alerts checks them and ingest applies them: one grammar for both, so
 * that what is valid in a file means the same where records are read.
 */
@NullMarked
package io.pkgslo.model.filter;

import org.jspecify.annotations.NullMarked;
