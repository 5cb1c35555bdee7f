// SPDX-License-Identifier: Apache-2.0
/**
 * What Go programs emit, as text: symbols, stacks, crashes, init lines. Pure functions and
 * automata.
 */
@NullMarked
package io.pkgslo.golang;

import org.jspecify.annotations.NullMarked;
