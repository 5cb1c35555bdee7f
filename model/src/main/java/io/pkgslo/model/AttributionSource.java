// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

/**
 * What decided to which Go package an item belongs, in falling precedence. The codes are part of
 * the format: {@link SpanTraits} stores them.
 */
public enum AttributionSource {
  /** Nothing did: the service's bucket. */
  NONE(0),
  /** An attribute that the user configured. */
  OVERRIDE(1),
  /** {@code code.function.name} or its older spellings. */
  CODE(2),
  /** The scope name is an import path of the user's. */
  SCOPE(3),
  /** The user's table of routes and RPC methods. */
  ROUTE(4),
  /** The nearest resolved span of the same process. */
  NEAREST_SPAN(5),
  /** The type or stack of an exception. */
  EXCEPTION(6),
  /** The function that the logger wrote, or the logger's name. */
  LOGGER(7),
  /** The span that the log record names. */
  SPAN_OF_LOG(8),
  /** The path of a source file. */
  FILE(9),
  /** A stack that the record carries. */
  STACK(10);

  private static final AttributionSource[] BY_CODE = new AttributionSource[16];

  static {
    for (AttributionSource source : values()) {
      BY_CODE[source.code] = source;
    }
  }

  private final int code;

  AttributionSource(int code) {
    this.code = code;
  }

  /** 0 to 15, never reused. */
  public int code() {
    return code;
  }

  /** The source of a code; {@link #NONE} for one that a newer version wrote. */
  public static AttributionSource ofCode(int code) {
    AttributionSource source = code < 0 || code >= BY_CODE.length ? null : BY_CODE[code];
    return source == null ? NONE : source;
  }
}
