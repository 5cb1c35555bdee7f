// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang;

import io.pkgslo.golang.crash.GoPanic;
import io.pkgslo.golang.init.InitLine;
import io.pkgslo.golang.symbol.GoPackage;

/** One thing that {@link ExplainText} sees in a text. */
public sealed interface Finding {
  /**
   * A panic, a fatal error or a signal dump.
   *
   * @param pkg the blamed package with {@code main} resolved as far as the text tells; {@code
   *     panic.pkg()} is the one before that
   */
  record PanicFound(GoPanic panic, GoPackage pkg) implements Finding {}

  /** A package's initialisation. */
  record InitFound(InitLine init) implements Finding {}

  /**
   * A package that a symbol, a file, a scope or a log record belongs to.
   *
   * @param text what was looked at, shortened
   * @param source what told it
   */
  record Attributed(String text, GoPackage pkg, String source) implements Finding {}
}
