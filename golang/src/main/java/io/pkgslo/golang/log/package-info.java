// SPDX-License-Identifier: Apache-2.0
/**
 * What log shippers and loggers wrap around a line. In: a log body; out: the inner line and its
 * fields; what exceeds the limits is cut.
 */
@NullMarked
package io.pkgslo.golang.log;

import org.jspecify.annotations.NullMarked;
