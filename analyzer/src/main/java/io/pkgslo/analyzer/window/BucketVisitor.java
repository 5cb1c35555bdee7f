// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

/** Is shown buckets in order of time. */
@FunctionalInterface
public interface BucketVisitor {
  void bucket(int slot, long valid, long bad);
}
