// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import com.google.protobuf.ByteString;

/**
 * A call that stands for its duration bucket in the exposition: the latest that was named.
 *
 * @param traceId 16 bytes
 */
public record Exemplar(ByteString traceId, long durationNanos, long epochMillis) {}
