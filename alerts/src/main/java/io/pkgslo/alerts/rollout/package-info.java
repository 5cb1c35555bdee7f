// SPDX-License-Identifier: Apache-2.0
/**
 * Stage rollout. In: closed minutes of pkgslo.slis. Out: looks for the stage judge, one per open
 * rollout and minute, and what the world is told about each rollout. A minute that comes after its
 * look was taken changes nothing and is counted.
 */
@NullMarked
package io.pkgslo.alerts.rollout;

import org.jspecify.annotations.NullMarked;
