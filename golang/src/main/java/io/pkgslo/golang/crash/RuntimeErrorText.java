// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import java.util.List;
import java.util.stream.Stream;

/**
 * The texts of the panics that the runtime itself throws (runtime/error.go, runtime/panic.go,
 * runtime/chan.go, from Go 1.16 on). Whoever prints one as a value has recovered a panic: no error
 * has such a text otherwise. Stateless.
 */
final class RuntimeErrorText {
  static final String PREFIX = "runtime error: ";

  /** What follows {@link #PREFIX}; numbers and types of the case at hand may come behind. */
  private static final List<String> ERRORS =
      List.of(
          "index out of range",
          "slice bounds out of range",
          "invalid memory address or nil pointer dereference",
          "integer divide by zero",
          "integer overflow",
          "floating point error",
          "negative shift amount",
          "makeslice: ",
          "makechan: ",
          "makemap: ",
          "growslice: ",
          "hash of unhashable type ",
          "comparing uncomparable type ",
          "cannot convert slice with length ",
          "unsafe.",
          "cgo argument has Go pointer",
          "cgo result ",
          "panic called with nil argument");

  /** Without a prefix, and in words that nobody else uses. */
  private static final List<String> PLAIN =
      List.of("assignment to entry in nil map", "panic called with nil argument");

  /** Without a prefix, and in words that a library may use for an error of its own. */
  private static final List<String> AMBIGUOUS =
      List.of(
          "send on closed channel",
          "close of closed channel",
          "close of nil channel",
          "sync: negative WaitGroup counter",
          "strings: negative Repeat count");

  private static final String CONVERSION = "interface conversion: ";
  private static final String METHOD = "value method ";
  private static final List<String> STARTS = List.of(PREFIX, CONVERSION, METHOD);

  private static final int MAX_LENGTH = 512;

  private RuntimeErrorText() {}

  /** True for a text that is such a value and nothing else. */
  static boolean is(String text) {
    if (text.length() > MAX_LENGTH || text.indexOf('\n') >= 0) {
      return false;
    }
    if (text.startsWith(PREFIX)) {
      String rest = text.substring(PREFIX.length());
      return ERRORS.stream().anyMatch(rest::startsWith) && rest.indexOf('"') < 0;
    }
    return PLAIN.stream().anyMatch(text::startsWith)
        ? text.indexOf(": ") < 0
        : isConversion(text) || isNilMethod(text);
  }

  /** Like {@link #is}, also of what is a proof only where words beside it speak of a panic. */
  static boolean mayBe(String text) {
    return is(text) || AMBIGUOUS.contains(text);
  }

  /** Where such a value begins that ends the text; negative where none does. */
  static int startIn(String text) {
    for (String start : STARTS) {
      int at = text.lastIndexOf(start);
      if (at >= 0 && is(text.substring(at))) {
        return at;
      }
    }
    return Stream.concat(PLAIN.stream(), AMBIGUOUS.stream())
        .filter(text::endsWith)
        .mapToInt(value -> text.length() - value.length())
        .findFirst()
        .orElse(-1);
  }

  /** {@code interface conversion: interface {} is string, not int}, and its other endings. */
  private static boolean isConversion(String text) {
    return text.startsWith(CONVERSION)
        && (text.indexOf(", not ") > 0 || text.indexOf(": missing method ") > 0);
  }

  private static boolean isNilMethod(String text) {
    return text.startsWith(METHOD)
        && text.indexOf(" called using nil ") > 0
        && text.endsWith(" pointer");
  }
}
