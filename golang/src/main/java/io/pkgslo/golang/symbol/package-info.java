// SPDX-License-Identifier: Apache-2.0
/**
 * Names: function symbols, import paths and source files, each on its own. In: one string; out: a
 * value or null. Nothing is dropped here.
 */
@NullMarked
package io.pkgslo.golang.symbol;

import org.jspecify.annotations.NullMarked;
