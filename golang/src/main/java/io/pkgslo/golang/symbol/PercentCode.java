// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.symbol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Undoes the linker's escapes in symbol names: {@code %2e} for a dot in the last path element, and
 * every control character, blank, quote, percent sign and non-ASCII byte anywhere.
 */
final class PercentCode {
  private PercentCode() {}

  /**
   * Decodes valid {@code %xx}; anything else stays as it is. A run of bytes that is not UTF-8, or
   * that would bring in a control character, stays escaped.
   */
  static String decode(String escaped) {
    int percent = escaped.indexOf('%');
    if (percent < 0) {
      return escaped;
    }
    StringBuilder out = new StringBuilder(escaped.length());
    int from = 0;
    while (percent >= 0) {
      out.append(escaped, from, percent);
      int end = endOfRun(escaped, percent);
      if (end == percent) {
        out.append('%');
        end = percent + 1;
      } else {
        out.append(decodeRun(escaped.substring(percent, end)));
      }
      from = end;
      percent = escaped.indexOf('%', from);
    }
    return out.append(escaped, from, escaped.length()).toString();
  }

  private static int endOfRun(String text, int from) {
    int i = from;
    while (i + 2 < text.length()
        && text.charAt(i) == '%'
        && Character.digit(text.charAt(i + 1), 16) >= 0
        && Character.digit(text.charAt(i + 2), 16) >= 0) {
      i += 3;
    }
    return i;
  }

  private static String decodeRun(String run) {
    byte[] bytes = new byte[run.length() / 3];
    for (int i = 0; i < bytes.length; i++) {
      int high = Character.digit(run.charAt(3 * i + 1), 16);
      bytes[i] = (byte) ((high << 4) | Character.digit(run.charAt(3 * i + 2), 16));
      if ((bytes[i] >= 0 && bytes[i] < ' ') || bytes[i] == 0x7f) {
        return run;
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      return run;
    }
  }
}
