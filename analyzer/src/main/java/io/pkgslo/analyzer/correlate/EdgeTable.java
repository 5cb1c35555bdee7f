// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.Origin;
import org.jspecify.annotations.Nullable;

/** Finds the row of a call between two packages. Mutable, single-threaded. */
final class EdgeTable extends HashedRows<EdgeRow> {
  /**
   * @param callerOrigin service and version alone, likewise {@code calleeOrigin}
   */
  @Nullable EdgeRow find(
      Origin callerOrigin, String caller, Origin calleeOrigin, String callee, long bucket) {
    EdgeRow row = last;
    if (row != null && row.key().matches(callerOrigin, caller, calleeOrigin, callee, bucket)) {
      return row;
    }
    int slot = first(hash(callerOrigin, caller, calleeOrigin, callee, bucket));
    for (row = at(slot); row != null; row = at(slot)) {
      if (row.key().matches(callerOrigin, caller, calleeOrigin, callee, bucket)) {
        last = row;
        return row;
      }
      slot = next(slot);
    }
    return null;
  }

  @Override
  int hash(EdgeRow row) {
    EdgeRow.Key key = row.key();
    return hash(
        key.callerOrigin(),
        key.caller(),
        key.calleeOrigin(),
        key.callee(),
        key.bucketEpochSeconds());
  }

  private static int hash(
      Origin callerOrigin, String caller, Origin calleeOrigin, String callee, long bucket) {
    // Origins and strings remember their hashes.
    long of = 31L * callerOrigin.hashCode() + caller.hashCode();
    of = 31L * of + calleeOrigin.hashCode();
    of = 31L * of + callee.hashCode();
    return (int) IdentitySet.mix(of ^ (bucket << 8));
  }
}
