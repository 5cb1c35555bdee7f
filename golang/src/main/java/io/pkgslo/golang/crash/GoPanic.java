// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import io.pkgslo.golang.stack.Blamed;
import io.pkgslo.golang.stack.Frame;
import io.pkgslo.golang.stack.MainResolver;
import io.pkgslo.golang.stack.StackParser;
import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.golang.symbol.GoSymbol;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One report of one panic, fatal error or fatal signal.
 *
 * @param form where the report came from; it says whether the panic was recovered
 * @param type the value's Go type where the report has it
 * @param message first line of the oldest panic's value, at most 1 KiB; may be empty
 * @param blamed who is to blame; {@link Blamed#NOBODY} without a stack
 * @param stack the blamed goroutine's block as it was reported, at most 8 KiB; may be empty
 */
public record GoPanic(
    PanicKind kind,
    PanicForm form,
    @Nullable String type,
    String message,
    Blamed blamed,
    String stack) {
  public static final int MAX_STACK_LENGTH = 8 * 1024;

  public GoPanic {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(blamed, "blamed");
    message = PanicMessage.clean(message);
    stack = stack.length() <= MAX_STACK_LENGTH ? stack : stack.substring(0, MAX_STACK_LENGTH);
  }

  /** The blamed package, {@link GoPackage#UNATTRIBUTED} when the report does not tell. */
  public GoPackage pkg() {
    return blamed.pkg();
  }

  /** The blamed function without its package; empty when unknown. */
  public String function() {
    return blamed.function();
  }

  /** The blamed frame's source file as printed; null when unknown. */
  public @Nullable String file() {
    return blamed.file();
  }

  /** False when the panic ended the process. */
  public boolean recovered() {
    return form.isRecovered();
  }

  /**
   * True for a report that says itself that there was another recovery before its own: an error's
   * value that ends in {@code [recovered]}, or a stack on which the panic was thrown again. Of a
   * panic that two handlers log, this is the second report. So are words without a stack, where
   * some record has the stack.
   */
  public boolean isSecondhand() {
    return form == PanicForm.ERROR_VALUE
        || form == PanicForm.STATEMENT
        || (recovered() && StackParser.parse(stack).panics() > 1);
  }

  /** True when it ended a package's initialisation: an init failure, never a per-call panic. */
  public boolean initFailure() {
    return blamed.init();
  }

  /** Addresses, numbers and hexadecimal words as {@code #}: equal for repetitions of one panic. */
  public String normalisedMessage() {
    return PanicMessage.normalise(message);
  }

  /**
   * Stable over processes, restarts and releases of this software: package, function and normalised
   * message. It does not change when {@code main} is resolved, as not every report can resolve it.
   */
  public long fingerprint() {
    Frame frame = blamed.frame();
    GoSymbol symbol = frame == null ? null : frame.go();
    String pkg = symbol != null && symbol.isMain() ? "main" : blamed.pkg().path();
    long hash = 0xcbf29ce484222325L;
    for (String part : new String[] {pkg, blamed.function(), normalisedMessage()}) {
      for (int i = 0; i < part.length(); i++) {
        hash = (hash ^ part.charAt(i)) * 0x100000001b3L;
      }
      hash = (hash ^ 0xffff) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }

  /**
   * The same report with {@code main} resolved by its stack, by configuration or by the service's
   * name; other packages stay.
   *
   * @param service null when unknown
   */
  public GoPanic resolveMain(MainResolver resolver, @Nullable String service) {
    return pkg().equals(GoPackage.MAIN)
        ? withPackage(
            resolver.resolve(blamed.frame(), StackParser.parse(stack).frames(), service).pkg())
        : this;
  }

  /** The same report for another package, as the caller resolved it. */
  public GoPanic withPackage(GoPackage resolved) {
    return new GoPanic(kind, form, type, message, blamed.withPackage(resolved), stack);
  }

  /** The same report without the stack's text, for where only the count matters. */
  public GoPanic withoutStack() {
    return new GoPanic(kind, form, type, message, blamed, "");
  }

  /** A report of a log record or span, where a dump in the runtime's form is a quotation. */
  GoPanic asRecovered() {
    return recovered()
        ? this
        : new GoPanic(kind, PanicForm.LOGGED_STACK, type, message, blamed, stack);
  }
}
