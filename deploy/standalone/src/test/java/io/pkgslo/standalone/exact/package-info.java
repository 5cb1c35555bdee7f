// SPDX-License-Identifier: Apache-2.0
/**
 * Are the numbers exact? {@link io.pkgslo.standalone.exact.OfflineCounter} counts a recording in a
 * plain loop with the official generated classes, everything in memory, by the definitions alone;
 * the integration tests compare what the services show on {@code /metrics}, number by number.
 *
 * <p>Nothing here may use the code of ingest, analyzer or golang: who reads the counter beside
 * {@code sli.md} must find the definitions again, and two programs that share their mistakes agree.
 */
@NullMarked
package io.pkgslo.standalone.exact;

import org.jspecify.annotations.NullMarked;
