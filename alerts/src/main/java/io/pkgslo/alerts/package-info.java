// SPDX-License-Identifier: Apache-2.0
/** Service 3: objectives to rules, evidence to verdicts. */
@NullMarked
package io.pkgslo.alerts;

import org.jspecify.annotations.NullMarked;
