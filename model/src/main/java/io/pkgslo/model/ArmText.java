// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The spelling of an arm, which is what a rollout compares: the version, then one part {@code
 * +name=value} for each further thing that tells it apart. Names that start with {@code @} are
 * attributes that the user's policy names; they come last, sorted. Example: {@code
 * v1.5.0+workload=checkout+hash=5d9c7b6f4+@canary=true}.
 *
 * <p>A {@code %}, {@code +} or {@code =} within a version, name or value is written as {@code %25},
 * {@code %2B} or {@code %3D}, so the parts can be told apart again. Equal arms have equal texts.
 */
public final class ArmText {
  /** The version of an item's instrumentation scope, as if it were an attribute. */
  public static final String SCOPE_VERSION = "scope.version";

  private static final String ATTRIBUTE = "+@";

  private ArmText() {}

  /** A version, name or value as a part of an arm. */
  public static String escape(String text) {
    return text.replace("%", "%25").replace("+", "%2B").replace("=", "%3D");
  }

  /** What {@link #escape} was given. */
  public static String unescape(String part) {
    return part.replace("%3D", "=").replace("%2B", "+").replace("%25", "%");
  }

  /** The attributes of an arm, sorted by name. */
  public static SortedMap<String, String> attributes(String arm) {
    SortedMap<String, String> attributes = new TreeMap<>();
    int at = arm.indexOf(ATTRIBUTE);
    while (at >= 0) {
      int next = arm.indexOf(ATTRIBUTE, at + 1);
      String part = arm.substring(at + ATTRIBUTE.length(), next < 0 ? arm.length() : next);
      int equals = part.indexOf('=');
      if (equals > 0) {
        attributes.put(unescape(part.substring(0, equals)), unescape(part.substring(equals + 1)));
      }
      at = next;
    }
    return attributes;
  }

  /** Whether an arm has attributes. */
  public static boolean hasAttributes(String arm) {
    return arm.contains(ATTRIBUTE);
  }

  /** The arm with other attributes in place of those that it has. */
  public static String withAttributes(String arm, SortedMap<String, String> attributes) {
    int at = arm.indexOf(ATTRIBUTE);
    StringBuilder text = new StringBuilder(at < 0 ? arm : arm.substring(0, at));
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      text.append(ATTRIBUTE).append(escape(attribute.getKey()));
      text.append('=').append(escape(attribute.getValue()));
    }
    return text.toString();
  }

  /**
   * An arm with the attributes that it lacks and an enclosing span of the same process has. {@link
   * #SCOPE_VERSION} says something of one scope alone and is not passed on.
   */
  public static String inheriting(String arm, String enclosing) {
    SortedMap<String, String> attributes = attributes(enclosing);
    attributes.remove(SCOPE_VERSION);
    attributes.putAll(attributes(arm));
    return withAttributes(arm, attributes);
  }
}
