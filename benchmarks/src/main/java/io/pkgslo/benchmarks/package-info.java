// SPDX-License-Identifier: Apache-2.0
/** Benchmarks of the parts. */
@NullMarked
package io.pkgslo.benchmarks;

import org.jspecify.annotations.NullMarked;
