// SPDX-License-Identifier: Apache-2.0
/** What every integration test is held to. Nothing of this is in a service. */
@NullMarked
package io.pkgslo.testing;

import org.jspecify.annotations.NullMarked;
