// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import org.jspecify.annotations.Nullable;

/**
 * What a person or a deployment tool says about a rollout: a record of the topic pkgslo.overrides.
 *
 * @param id unique
 * @param service whose rollout it is
 * @param rollout its id; absent for markers, which name the canary instead
 * @param who an identity that was checked before
 * @param why in words, may be empty
 * @param atMillis when it was said, epoch milliseconds
 * @param canary of a marker; absent else
 * @param baseline of a marker; absent: it is found
 * @param marker of a marker that opens; absent else
 */
public record Order(
    String id,
    OrderKind kind,
    String service,
    @Nullable String rollout,
    String who,
    String why,
    long atMillis,
    @Nullable ArmSelector canary,
    @Nullable ArmSelector baseline,
    @Nullable Marker marker) {

  public Order {
    require(!id.isBlank(), "an id");
    require(!service.isBlank(), "a service");
    require(!who.isBlank(), "somebody who gives it");
    boolean isMarker = kind == OrderKind.OPEN || kind == OrderKind.CLOSE;
    require(isMarker || rollout != null, "a rollout");
    require(!isMarker || canary != null, "a canary");
    require(kind != OrderKind.OPEN || marker != null, "a marker");
  }

  /** What a person says about a rollout. */
  public static Order ofPerson(
      String id, OrderKind kind, RolloutView about, String who, String why, long atMillis) {
    return new Order(id, kind, about.service(), about.id(), who, why, atMillis, null, null, null);
  }

  /** What a deployment tool says. */
  public static Order ofDeployment(
      String id, Deployment deployment, String who, String why, long atMillis) {
    return new Order(
        id,
        deployment.ends() ? OrderKind.CLOSE : OrderKind.OPEN,
        deployment.service(),
        null,
        who,
        why,
        atMillis,
        deployment.canary(),
        deployment.baseline(),
        deployment.marker());
  }

  /**
   * A deployment as its tool describes it.
   *
   * @param ends whether it is over
   * @param baseline absent: the one with most calls beside the canary
   */
  public record Deployment(
      String service,
      boolean ends,
      ArmSelector canary,
      @Nullable ArmSelector baseline,
      Marker marker) {}

  private static void require(boolean fulfilled, String what) {
    if (!fulfilled) {
      throw new IllegalArgumentException("an order needs " + what);
    }
  }
}
