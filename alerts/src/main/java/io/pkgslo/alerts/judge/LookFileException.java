// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

/** A file of looks that cannot be read; the message names the line, what was found and expected. */
public final class LookFileException extends Exception {

  private static final long serialVersionUID = 1;

  LookFileException(long line, String problem) {
    super("line " + line + ": " + problem);
  }
}
