// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

/** Is told what does not count, as it happens. Must not throw. */
@FunctionalInterface
public interface DropListener {
  /**
   * @param items how many spans, panics or inits
   * @param example whom it concerned, for one line in the log
   */
  void dropped(SliDrop reason, long items, String example);
}
