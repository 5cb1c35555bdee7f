// SPDX-License-Identifier: Apache-2.0
/**
 * Lines of {@code GODEBUG=inittrace=1}. In: any line; out: whole init lines; halves are dropped.
 */
@NullMarked
package io.pkgslo.golang.init;

import org.jspecify.annotations.NullMarked;
