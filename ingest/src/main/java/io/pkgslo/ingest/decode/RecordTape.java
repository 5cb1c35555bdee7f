// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import org.jspecify.annotations.Nullable;

/**
 * What one record holds, as rows of longs: offsets into the record's bytes, scalars, and ranges of
 * other rows. A parser fills it in one pass, the views read it. Nothing is emitted before a whole
 * record stands here, so a record that fails half-way has told nobody anything, whatever the order
 * of its fields. Mutable and single-threaded; its size is bounded by the record's.
 */
final class RecordTape {
  /** Row of a resource: its encoded message, its attributes, its range of scope rows. */
  static final class ResourceRow {
    static final int ENCODED = 0;
    static final int ATTRIBUTES = 1;
    static final int SCOPES = 2;
    static final int STRIDE = 3;

    private ResourceRow() {}
  }

  /** Row of a scope: its encoded message, name, version, attributes, its range of item rows. */
  static final class ScopeRow {
    static final int ENCODED = 0;
    static final int NAME = 1;
    static final int VERSION = 2;
    static final int ATTRIBUTES = 3;
    static final int ITEMS = 4;
    static final int SCHEMA_URL = 5;
    static final int STRIDE = 6;

    private ScopeRow() {}
  }

  /** Row of an attribute: its key, the key's number with the value's kind, the value. */
  static final class AttributeRow {
    static final int KEY = 0;
    static final int ID_AND_KIND = 1;
    static final int VALUE = 2;
    static final int STRIDE = 3;

    private AttributeRow() {}
  }

  final LongArena resources = new LongArena();
  final LongArena scopes = new LongArena();

  /** Spans, log records or metrics. */
  final LongArena items = new LongArena();

  /** What items hold several of: span events or metric points. */
  final LongArena parts = new LongArena();

  final LongArena attributes = new LongArena();

  /** Plain numbers of metric points: bucket counts and bounds. */
  final LongArena numbers = new LongArena();

  private byte[] buffer = new byte[0];
  private boolean mergeNeeded;
  private @Nullable AttributeKeys further;

  void reset(byte[] newBuffer) {
    buffer = newBuffer;
    mergeNeeded = false;
    resources.reset();
    scopes.reset();
    items.reset();
    parts.reset();
    attributes.reset();
    numbers.reset();
  }

  byte[] buffer() {
    return buffer;
  }

  /** A message that may stand once stood twice: its copies have to be merged first. */
  void needMerge() {
    mergeNeeded = true;
  }

  boolean mergeNeeded() {
    return mergeNeeded;
  }

  /** From now on someone looks for these keys by their names; null for none. */
  void keepToo(@Nullable AttributeKeys keys) {
    further = keys;
  }

  /**
   * Whether someone asks for an attribute.
   *
   * @param keyId NONE for a key that nobody asks for by number
   * @param offset of the key, of {@code length} bytes
   */
  boolean isAskedFor(int keyId, int offset, int length) {
    return keyId != AttributeKeys.NONE
        || (further != null && further.find(buffer, offset, length) != AttributeKeys.NONE);
  }

  /**
   * Adds an attribute.
   *
   * @param value offset and length, or the scalar itself, as the kind says
   */
  void addAttribute(long key, int keyId, ValueKind kind, long value) {
    attributes.add(key, Packed.of(keyId, kind.code()), value);
  }

  int attributeCount() {
    return attributes.size() / AttributeRow.STRIDE;
  }

  /** The attributes added since there were {@code first}, as first row and count. */
  long attributesSince(int first) {
    return Packed.of(first, attributeCount() - first);
  }
}
