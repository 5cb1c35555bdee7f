// SPDX-License-Identifier: Apache-2.0
/**
 * The application in front of a real Prometheus and a real Alertmanager, where they are installed.
 */
@NullMarked
package io.pkgslo.standalone.alerting;

import org.jspecify.annotations.NullMarked;
