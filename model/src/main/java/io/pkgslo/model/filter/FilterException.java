// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model.filter;

/** A text is no filter. */
public final class FilterException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int position;

  /**
   * @param position where, in characters from 0 on
   * @param message what was found and what is expected
   */
  FilterException(int position, String message) {
    super(message);
    this.position = position;
  }

  /** Where the fault begins, in characters from 0 on. */
  public int position() {
    return position;
  }
}
