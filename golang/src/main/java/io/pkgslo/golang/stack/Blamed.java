// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.stack;

import io.pkgslo.golang.symbol.GoPackage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who a stack blames.
 *
 * @param pkg {@link GoPackage#UNATTRIBUTED} when the stack does not tell
 * @param function without the package; empty when unknown
 * @param frame the blamed frame; null when there is none
 * @param crashSite the innermost frame outside the runtime, standard library and third parties
 *     included; null when there is none
 * @param why which rule decided, for people
 * @param init true when the panic ended a package's initialisation
 */
public record Blamed(
    GoPackage pkg,
    String function,
    @Nullable Frame frame,
    @Nullable Frame crashSite,
    String why,
    boolean init) {
  public static final Blamed NOBODY =
      new Blamed(GoPackage.UNATTRIBUTED, "", null, null, "no stack", false);

  public Blamed {
    Objects.requireNonNull(pkg, "pkg");
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(why, "why");
  }

  /** The same blame after {@code main} was resolved. */
  public Blamed withPackage(GoPackage resolved) {
    return new Blamed(resolved, function, frame, crashSite, why, init);
  }

  public @Nullable String file() {
    return frame == null ? null : frame.file();
  }
}
