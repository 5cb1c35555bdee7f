// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

/**
 * Arguments that are well-formed one by one but not together; the message says what is expected.
 */
final class BadArgumentsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadArgumentsException(String message) {
    super(message);
  }
}
