// SPDX-License-Identifier: Apache-2.0
/**
 * What all gates share on the wire. In: requests, bounded in size. Out: JSON, always: no 2xx
 * without a body, no number that is not finite, 503 for what fails inside. Dropped: nothing;
 * refused is what is malformed (400), unknown (404, 405) or too long (413).
 */
@NullMarked
package io.pkgslo.alerts.gate.http;

import org.jspecify.annotations.NullMarked;
