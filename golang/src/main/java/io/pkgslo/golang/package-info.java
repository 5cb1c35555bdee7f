// SPDX-License-Identifier: Apache-2.0
/**
 * What Go programs emit, as text: symbols, stacks, crashes, init lines. Pure functions and automata
 * without any dependency; ingest asks them about one item, analyzer about the lines of one process,
 * {@code explain} about whatever it is given.
 *
 * <p>Packages, each building on those before it: {@code symbol}, {@code log}, {@code init}, {@code
 * stack}, {@code attribute}, {@code crash}. Input is never trusted: nothing here throws on it, and
 * every scan is linear and bounded.
 */
@NullMarked
package io.pkgslo.golang;

import org.jspecify.annotations.NullMarked;
