// SPDX-License-Identifier: Apache-2.0
/**
 * Stack text into frames, frames into blame. In: text from any producer; out: at most 256 frames of
 * one goroutine; what is no stack line is dropped.
 */
@NullMarked
package io.pkgslo.golang.stack;

import org.jspecify.annotations.NullMarked;
