// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.Origin;

/**
 * What the items of one row share.
 *
 * @param detail kind and outcome of calls, or severity of logs
 * @param bucketEpochSeconds event time, a multiple of 10
 */
record RowKey(Origin origin, String goPackage, int detail, long bucketEpochSeconds) {
  boolean matches(Origin otherOrigin, String otherPackage, int otherDetail, long otherBucket) {
    return detail == otherDetail
        && bucketEpochSeconds == otherBucket
        && goPackage.equals(otherPackage)
        && origin.equals(otherOrigin);
  }

  static int hash(Origin origin, String goPackage, int detail, long bucket) {
    // Origins and strings remember their hashes.
    long mixed = 31L * origin.hashCode() + goPackage.hashCode();
    return (int) IdentitySet.mix(mixed ^ (bucket << 8) ^ detail);
  }

  int hash() {
    return hash(origin, goPackage, detail, bucketEpochSeconds);
  }
}
