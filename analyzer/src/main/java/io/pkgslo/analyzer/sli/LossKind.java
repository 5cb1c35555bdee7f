// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.model.wire.ContextLoss;
import org.jspecify.annotations.Nullable;

/** How a span lost its context. */
public enum LossKind {
  /** The parent never came, though its process lives. */
  MISSING_PARENT(0, ContextLoss.Kind.MISSING_PARENT, "missing_parent"),
  /** A root of kind INTERNAL or CLIENT. */
  ROOT_INSIDE_SERVICE(1, ContextLoss.Kind.ROOT_INSIDE_SERVICE, "root_inside_service"),
  /** A CLIENT span into an instrumented service without a SERVER child. */
  CLIENT_WITHOUT_SERVER(2, ContextLoss.Kind.CLIENT_WITHOUT_SERVER, "client_without_server");

  /** How many there are. */
  static final int COUNT = 3;

  private final int index;
  private final ContextLoss.Kind wire;
  private final String label;

  LossKind(int index, ContextLoss.Kind wire, String label) {
    this.index = index;
    this.wire = wire;
    this.label = label;
  }

  /** Null for what this version does not know. */
  static @Nullable LossKind of(ContextLoss.Kind wire) {
    for (LossKind kind : values()) {
      if (kind.wire == wire) {
        return kind;
      }
    }
    return null;
  }

  /** 0 to one less than {@link #COUNT}. */
  int index() {
    return index;
  }

  public ContextLoss.Kind wire() {
    return wire;
  }

  /** Value of the label {@code kind}. */
  public String label() {
    return label;
  }
}
