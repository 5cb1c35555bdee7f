// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

/**
 * The bit field {@code SpanBlock.traits}. Bits 0-2 kind (as OTLP), 3-4 status code (as OTLP), then
 * one bit per flag, then the source of the attribution in bits 16-19.
 */
public final class SpanTraits {
  /** OTLP span kinds. */
  public static final int KIND_UNSPECIFIED = 0;

  public static final int KIND_INTERNAL = 1;
  public static final int KIND_SERVER = 2;
  public static final int KIND_CLIENT = 3;
  public static final int KIND_PRODUCER = 4;
  public static final int KIND_CONSUMER = 5;

  /** OTLP status codes. */
  public static final int STATUS_UNSET = 0;

  public static final int STATUS_OK = 1;
  public static final int STATUS_ERROR = 2;

  /** An error by the definition of an error of a call, whatever the status code says. */
  public static final int FAILED = 1 << 5;

  /** The initialisation of a package, not a call of it. */
  public static final int INIT = 1 << 6;

  /** No one says how many calls this span stands for: it counts as one and marks its subject. */
  public static final int WEIGHT_UNKNOWN = 1 << 7;

  /** A SERVER span of a mesh sidecar under the service's name: not an API call. */
  public static final int SIDECAR = 1 << 8;

  /** The parent is known to be of another process. */
  public static final int PARENT_REMOTE = 1 << 9;

  /**
   * Attributes tell arms apart, and this span lacks one: what an enclosing span of the same process
   * has is its own too.
   */
  public static final int ARM_OPEN = 1 << 10;

  private static final int KIND_MASK = 0b111;
  private static final int STATUS_SHIFT = 3;
  private static final int STATUS_MASK = 0b11;
  private static final int SOURCE_SHIFT = 16;
  private static final int SOURCE_MASK = 0b1111;

  private SpanTraits() {}

  /**
   * Traits of kind, status and flags.
   *
   * @param kind 0 to 5; others count as unspecified
   * @param status 0 to 2; others count as unset
   * @param flags any of the constants of this class
   */
  public static int of(int kind, int status, int flags, AttributionSource source) {
    int knownKind = kind < 0 || kind > KIND_CONSUMER ? KIND_UNSPECIFIED : kind;
    int knownStatus = status < 0 || status > STATUS_ERROR ? STATUS_UNSET : status;
    return knownKind | knownStatus << STATUS_SHIFT | flags | source.code() << SOURCE_SHIFT;
  }

  public static int kind(int traits) {
    return traits & KIND_MASK;
  }

  public static int status(int traits) {
    return traits >>> STATUS_SHIFT & STATUS_MASK;
  }

  public static boolean has(int traits, int flag) {
    return (traits & flag) != 0;
  }

  /** True for SERVER and CONSUMER, other than a sidecar's. */
  public static boolean isApiCall(int traits) {
    int kind = kind(traits);
    return (kind == KIND_SERVER || kind == KIND_CONSUMER) && !has(traits, SIDECAR);
  }

  public static AttributionSource source(int traits) {
    return AttributionSource.ofCode(traits >>> SOURCE_SHIFT & SOURCE_MASK);
  }
}
