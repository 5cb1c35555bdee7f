// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out the result, and nothing else
 * @param err progress, warnings and errors
 */
record Console(PrintWriter out, PrintWriter err) {
  static Console system() {
    return new Console(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }
}
