// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AnyValueView;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.ElementCursor;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.ingest.decode.ValueKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Ids of requests that are not ids of traces: the API server writes its audit id into the audit
 * log, into its span and into its own log, and an ingress its request id wherever it can
 * (reference: go-telemetry.md 6). They travel as 64-bit hashes, and 0 is none. Stateless.
 */
final class RequestIds {
  private static final int MAX_BYTES = 128;
  private static final long OFFSET = 0xcbf2_9ce4_8422_2325L;
  private static final long PRIME = 0x100_0000_01b3L;

  /** Of a span, audit ids first. */
  private static final Key[] SPAN_KEYS = {
    Key.AUDIT_ID, Key.AUDIT_ID_DOTTED, Key.REQUEST_ID, Key.REQUEST_ID_DOTTED, Key.X_REQUEST_ID
  };

  private static final long ANY_SPAN_KEY = Key.setOf(SPAN_KEYS);
  private static final List<String> AUDIT_FIELDS =
      List.of("auditid", "annotationsauditid", "attributesauditid");
  private static final List<String> REQUEST_FIELDS =
      List.of(
          "requestid",
          "xrequestid",
          "annotationsrequestid",
          "annotationsxrequestid",
          "attributesrequestid");

  private RequestIds() {}

  /** The id that a span carries. */
  static long ofSpan(AttributesView span) {
    if (!span.mayHaveAny(ANY_SPAN_KEY)) {
      return 0;
    }
    for (Key key : SPAN_KEYS) {
      AnyValueView value = span.get(key.id());
      if (value != null) {
        return hash(value);
      }
    }
    return 0;
  }

  /** A captured header is a list of its values. */
  private static long hash(AnyValueView value) {
    if (value.kind() == ValueKind.ARRAY) {
      ElementCursor elements = value.elements();
      return elements.next() && elements.value().isString() ? hash(elements.value().text()) : 0;
    }
    return value.isString() ? hash(value.text()) : 0;
  }

  /** The audit id that a record of whatever logger carries. */
  static long audit(Map<String, String> fields) {
    return of(fields, AUDIT_FIELDS);
  }

  /** The request id with which an audit record was enriched. */
  static long request(Map<String, String> fields) {
    return of(fields, REQUEST_FIELDS);
  }

  private static long of(Map<String, String> fields, List<String> names) {
    for (Map.Entry<String, String> field : fields.entrySet()) {
      if (isIdKey(field.getKey()) && names.contains(normal(field.getKey()))) {
        return hash(Slice.of(field.getValue().strip()));
      }
    }
    return 0;
  }

  private static boolean isIdKey(String key) {
    int length = key.length();
    return length > 4 && length < 40 && (key.charAt(length - 1) | 0x20) == 'd';
  }

  /** As keys of ids are compared elsewhere: without case, dots, dashes and underscores. */
  private static String normal(String key) {
    StringBuilder name = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if ("._-/".indexOf(c) < 0) {
        name.append(c);
      }
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }

  /** FNV-1a with a final mix; ASCII letters of either case are one. */
  private static long hash(Slice id) {
    if (id.isEmpty() || id.length() > MAX_BYTES) {
      return 0;
    }
    long hash = OFFSET;
    for (int i = 0; i < id.length(); i++) {
      byte b = id.at(i);
      hash = (hash ^ (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b)) * PRIME;
    }
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }
}
