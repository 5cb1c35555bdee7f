// SPDX-License-Identifier: Apache-2.0
/** What each service needs from its surroundings. */
@NullMarked
package io.pkgslo.platform;

import org.jspecify.annotations.NullMarked;
