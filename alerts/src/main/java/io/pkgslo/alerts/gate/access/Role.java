// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a caller may do; each role includes those before it. */
public enum Role {
  VIEWER,
  OPERATOR,
  ADMIN;

  boolean satisfies(Need need) {
    return switch (need) {
      case NOTHING, READ, READ_TOKEN_IN_BODY -> true;
      case OPERATE -> this != VIEWER;
      case ADMINISTER -> this == ADMIN;
    };
  }

  /** The role of that name; null when there is none. */
  static @Nullable Role ofName(String name) {
    for (Role role : values()) {
      if (role.wireName().equals(name)) {
        return role;
      }
    }
    return null;
  }

  /** {@code viewer}, {@code operator} or {@code admin}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
