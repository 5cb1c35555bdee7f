// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

/** One rule of a group: it records a series or it alerts. */
sealed interface Rule permits RecordRule, AlertRule {}
