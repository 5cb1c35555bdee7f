// SPDX-License-Identifier: Apache-2.0
/**
 * What each service needs from its surroundings: Kafka settings that pass through, the plan of all
 * topics and its check at start, the {@code /metrics} route, and the one clock and metric registry
 * of an application. No stage of the data flow is here.
 */
@NullMarked
package io.pkgslo.platform;

import org.jspecify.annotations.NullMarked;
