// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import io.pkgslo.golang.log.JsonFields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Log records that say that a panic was recovered and show no stack: {@code recovered: runtime
 * error: …}, {@code panic recovered} with the value in a field. Either the words leave no doubt
 * (something panicked and was recovered, and this is what it said), or the value does, which only
 * the runtime throws. Words about recovery alone are mostly about backups. Stateless.
 */
final class RecoveryStatement {
  private static final List<String> MESSAGES =
      List.of("msg", "message", "M", "log", "MESSAGE", "body");

  /** Under these nothing but a panic's value is written, where the message speaks of panics. */
  private static final List<String> VALUES =
      List.of(
          "panic",
          "panic_value",
          "panicValue",
          "panic.value",
          "panic_message",
          "panic.message",
          "panic_error",
          "recovered",
          "recover",
          "recovered_value",
          "recovered_panic");

  private static final List<String> ERRORS =
      List.of("error", "err", "reason", "cause", "value", "error.message", "exception.message");

  /** Who writes these speaks of what others did, of what did not happen, or of settings. */
  private static final Set<String> OTHERWISE =
      Set.of(
          "upstream",
          "downstream",
          "remote",
          "peer",
          "no",
          "not",
          "never",
          "without",
          "cannot",
          "unable",
          "recoverable",
          "enabled",
          "disabled",
          "panics");

  /** Between the fields of access logs such as fiber's, whose last one is the handler's error. */
  private static final String COLUMN = " | ";

  /** At most so many words stand before what a panic said. */
  private static final int MAX_WORDS = 12;

  private static final int MAX_LENGTH = 4096;

  private RecoveryStatement() {}

  /** What a line of text says was recovered; null for any other line. */
  static @Nullable String inLine(String line) {
    if (line.length() > MAX_LENGTH || !mayBe(line)) {
      return null;
    }
    return inFields(LoggedLine.fieldsOf(line));
  }

  /** What a structured record says was recovered; null for any other record. */
  static @Nullable String inFields(Map<String, String> fields) {
    String message = JsonFields.first(fields, MESSAGES);
    String text = message == null ? "" : message.strip();
    if (RuntimeErrorText.is(text)) {
      return text;
    }
    String inMessage = inWords(text);
    if (inMessage != null) {
      return inMessage;
    }
    int column = text.lastIndexOf(COLUMN);
    if (column >= 0 && RuntimeErrorText.is(text.substring(column + COLUMN.length()))) {
      return text.substring(column + COLUMN.length());
    }
    Words words = Words.of(text);
    for (String key : VALUES) {
      String value = valueOf(fields, key);
      boolean named = key.startsWith("panic") ? words.speakOfPanic() : words.sayPanicked();
      if (!value.isEmpty() && (named || RuntimeErrorText.mayBe(value))) {
        return value;
      }
    }
    for (String key : ERRORS) {
      String said = ofError(valueOf(fields, key), words);
      if (said != null) {
        return said;
      }
    }
    return null;
  }

  private static @Nullable String ofError(String error, Words message) {
    if (error.isEmpty()) {
      return null;
    }
    int start = message.speakOfPanic() ? RuntimeErrorText.startIn(error) : -1;
    if (start >= 0 && !isQuotation(error.substring(0, start))) {
      return error.substring(start);
    }
    String said = inWords(error);
    return said == null && message.sayRecovered() && !isQuotation(error) ? error : said;
  }

  /** {@code panic recovered in worker 3: boom}; with a value of the runtime's fewer words do. */
  private static @Nullable String inWords(String text) {
    if (!mayBe(text)) {
      return null;
    }
    int start = RuntimeErrorText.startIn(text);
    if (start > 0) {
      String before = text.substring(0, start);
      return Words.of(before).speakOfPanic() && !isQuotation(before) ? text.substring(start) : null;
    }
    int last = Math.max(text.lastIndexOf("anic"), text.lastIndexOf("ecover"));
    int colon = last < 0 ? -1 : text.indexOf(": ", last);
    String value = colon < 0 ? "" : text.substring(colon + 2).strip();
    String before = colon < 0 ? "" : text.substring(0, colon);
    return isValue(value) && Words.of(before).sayRecovered() && !isQuotation(before) ? value : null;
  }

  private static String valueOf(Map<String, String> fields, String key) {
    String value = fields.getOrDefault(key, "");
    return isValue(value) ? value : "";
  }

  /** A number is how many there were, and no panic's value. */
  private static boolean isValue(String value) {
    return value.chars().anyMatch(Character::isLetter)
        && !value.equals("true")
        && !value.equals("false")
        && !value.equals("null");
  }

  /** What came over the network, or in quotes, was somebody else's panic. */
  private static boolean isQuotation(String before) {
    return before.contains("rpc error:")
        || before.contains("://")
        || before.chars().anyMatch(c -> "\"'`".indexOf(c) >= 0);
  }

  /** One cheap look that dismisses nearly every text. */
  private static boolean mayBe(String text) {
    return text.contains("anic")
        || text.contains("PANIC")
        || text.contains("ecover")
        || text.contains(RuntimeErrorText.PREFIX)
        || text.contains("interface conversion: ")
        || text.contains("value method ")
        || text.contains("entry in nil map");
  }

  /** What the words of a phrase speak of. */
  private record Words(boolean panic, boolean recover, boolean otherwise) {
    static Words of(String phrase) {
      boolean panic = false;
      boolean recover = false;
      boolean otherwise = false;
      String[] words = phrase.toLowerCase(Locale.ROOT).split("[^a-z']+");
      for (String word : words) {
        panic |= word.equals("panic") || word.equals("panicked") || word.equals("panicking");
        recover |= word.startsWith("recover") && !word.startsWith("recovery");
        otherwise |= OTHERWISE.contains(word) || word.endsWith("n't");
      }
      otherwise |= phrase.contains("failed to ") || phrase.contains("could ");
      return new Words(panic, recover, otherwise || words.length > MAX_WORDS);
    }

    boolean speakOfPanic() {
      return (panic || recover) && !otherwise;
    }

    boolean sayPanicked() {
      return panic && !otherwise;
    }

    boolean sayRecovered() {
      return panic && recover && !otherwise;
    }
  }
}
