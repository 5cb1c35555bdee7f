// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.TimeInterval;

/** Time that does not count for an objective, and who said so. */
public record Exclusion(TimeInterval interval, String reason, String who) {}
