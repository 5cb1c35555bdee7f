// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import com.google.protobuf.ByteString;

/**
 * What one caller asked of a package over the last hour.
 *
 * @param selfNanos time that the callee spent in its own spans
 * @param exampleTraceId of a failed call, else of any; 16 bytes, or empty
 */
public record CallerSnapshot(
    CallerKey caller, long calls, long errors, long selfNanos, ByteString exampleTraceId) {}
