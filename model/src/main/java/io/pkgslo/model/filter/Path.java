// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model.filter;

/**
 * What a filter or a label asks of an item.
 *
 * @param key of an attribute, or one of the names in {@link Field}
 */
public record Path(Scope scope, String key) {
  /** Where the value stands. */
  public enum Scope {
    /** An attribute of the item; of a log record also a field of its structured body. */
    ITEM,
    /** An attribute of the resource. */
    RESOURCE,
    /** An attribute of the item, else of the resource. */
    ANYWHERE,
    /** What is no attribute. */
    FIELD
  }

  /** Names that are no attribute keys unless they stand in brackets. */
  public enum Field {
    /** Text of a log record. */
    BODY,
    /** Event name of a log record. */
    EVENT,
    /** Logger of a log record. */
    LOGGER,
    /** Severity number of a log record, 1 to 24. */
    SEVERITY,
    /** Name of a span. */
    NAME,
    /** Name of the instrumentation scope. */
    SCOPE
  }

  /** Longest key of an attribute that can be named. */
  public static final int LONGEST_KEY = 200;

  public Path {
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException("a key has 1 to 200 characters, was '" + key + "'");
    }
  }

  /**
   * Reads one, such as {@code http.route} or {@code resource.attributes["host.name"]}.
   *
   * @throws FilterException when it is none
   */
  public static Path parse(String text) throws FilterException {
    return new FilterParser(text).onlyPath();
  }

  /** The field that is meant. */
  public Field field() {
    if (scope != Scope.FIELD) {
      throw new IllegalStateException(key + " is an attribute");
    }
    return Field.valueOf(key);
  }
}
