// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

/**
 * A record and the hash of its canonical JSON. The hash covers the hash of the record before, so a
 * change anywhere breaks every later one of the rollout.
 *
 * @param hash SHA-256, 64 hex digits
 * @param record what it covers
 */
public record SealedRecord(String hash, DecisionRecord record) {

  /** Seals a record. */
  public static SealedRecord seal(DecisionRecord record) {
    return new SealedRecord(CanonicalJson.hash(record), record);
  }

  /**
   * Reads a record back, without checking it; {@link LedgerCheck} does.
   *
   * @throws IllegalArgumentException if the text is no sealed record
   */
  public static SealedRecord parse(String json) {
    return CanonicalJson.read(json, SealedRecord.class);
  }

  /** The one text of this record. */
  public String toJson() {
    return CanonicalJson.text(this);
  }

  boolean hashIsTrue() {
    return CanonicalJson.hash(record).equals(hash);
  }
}
