// SPDX-License-Identifier: Apache-2.0
/**
 * Which package a span or log record belongs to, from its attributes and its scope. In: attribute
 * values; out: a package or null. Builds on {@code symbol} and {@code stack}.
 */
@NullMarked
package io.pkgslo.golang.attribute;

import org.jspecify.annotations.NullMarked;
