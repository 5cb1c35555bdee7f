// SPDX-License-Identifier: Apache-2.0
/**
 * Stage page. In: the state of every subject, as soon as the analyzer has committed it, and the
 * objectives in force. Out: alerts for Alertmanager, without waiting for a scrape and an
 * evaluation. Off by default. Nothing is dropped: what an Alertmanager did not take is offered
 * again.
 */
@NullMarked
package io.pkgslo.alerts.page;

import org.jspecify.annotations.NullMarked;
