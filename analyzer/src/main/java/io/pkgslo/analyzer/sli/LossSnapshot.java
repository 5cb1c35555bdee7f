// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import com.google.protobuf.ByteString;

/**
 * Spans of a package that lost their context in one way, ever.
 *
 * @param count as counted when they were settled; never goes back
 * @param revised of these, those whose relative came after all
 * @param exampleTraceId of the last one; 16 bytes, or empty
 */
public record LossSnapshot(LossKind kind, long count, long revised, ByteString exampleTraceId) {}
