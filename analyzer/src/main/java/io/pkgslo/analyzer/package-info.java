// SPDX-License-Identifier: Apache-2.0
/** Service 2: facts to SLIs, budgets and evidence. */
@NullMarked
package io.pkgslo.analyzer;

import org.jspecify.annotations.NullMarked;
