// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.Slice;
import java.nio.charset.StandardCharsets;

/**
 * Finds the fields of one vendor in a W3C tracestate: list members are separated by commas, the
 * fields of a member by semicolons ({@code ot=th:8;rv:...}, {@code es=s:0.25}). Points into the
 * tracestate and allocates nothing. Mutable, single-threaded.
 */
final class TraceState {
  /** Longest value of a member that counts (W3C). */
  private static final int MAX_MEMBER_LENGTH = 256;

  private final Slice member = new Slice();
  private final Slice field = new Slice();

  /** Moves to the member with this key; false when there is none. */
  boolean moveTo(Slice traceState, byte[] key) {
    int from = 0;
    while (from < traceState.length()) {
      int comma = traceState.indexOf((byte) ',', from);
      int to = comma < 0 ? traceState.length() : comma;
      if (isMember(traceState, from, to, key)) {
        return member.length() <= MAX_MEMBER_LENGTH;
      }
      from = to + 1;
    }
    return false;
  }

  private boolean isMember(Slice traceState, int from, int to, byte[] key) {
    int start = from;
    while (start < to && isBlank(traceState.at(start))) {
      start++;
    }
    int end = to;
    while (end > start && isBlank(traceState.at(end - 1))) {
      end--;
    }
    int valueStart = start + key.length + 1;
    if (valueStart > end || traceState.at(valueStart - 1) != '=') {
      return false;
    }
    if (!traceState.part(start, valueStart - 1, member).contentEquals(key)) {
      return false;
    }
    traceState.part(valueStart, end, member);
    return true;
  }

  /**
   * The value of a field of the member, as a slice that moves with the next call.
   *
   * @param name with its colon
   * @return an empty slice, too, when the field is missing; see {@link #has}
   */
  Slice field(byte[] name) {
    int from = 0;
    while (from < member.length()) {
      int semicolon = member.indexOf((byte) ';', from);
      int to = semicolon < 0 ? member.length() : semicolon;
      if (member.part(from, to, field).startsWith(name)) {
        return member.part(from + name.length, to, field);
      }
      from = to + 1;
    }
    return field.wrap(name, 0, 0);
  }

  /** Whether the member has a field of this name. */
  boolean has(byte[] name) {
    int from = 0;
    while (from < member.length()) {
      if (member.part(from, member.length(), field).startsWith(name)) {
        return true;
      }
      int semicolon = member.indexOf((byte) ';', from);
      if (semicolon < 0) {
        return false;
      }
      from = semicolon + 1;
    }
    return false;
  }

  static byte[] name(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
