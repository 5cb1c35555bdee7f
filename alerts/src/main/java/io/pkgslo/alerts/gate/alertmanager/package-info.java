// SPDX-License-Identifier: Apache-2.0
/**
 * Receives what Alertmanager tells a webhook. In: notifications, which repeat and come out of
 * order. Out: the alerts that fire now, as context for people and for whoever acts. An alert never
 * decides: it would count the same events a second time.
 */
@NullMarked
package io.pkgslo.alerts.gate.alertmanager;

import org.jspecify.annotations.NullMarked;
