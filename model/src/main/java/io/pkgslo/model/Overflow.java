// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

/** What counts as one because there is no place for it, or no name that a label can have. */
public final class Overflow {
  /**
   * Service, version or package of what counts together: of an item whose service or version is
   * longer than labels may be, and of subjects over their bound. No sender's own name: who calls
   * itself so counts here as well.
   */
  public static final String NAME = "(overflow)";

  private Overflow() {}
}
