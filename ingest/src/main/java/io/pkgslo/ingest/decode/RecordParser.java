// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import io.pkgslo.ingest.decode.RecordTape.ResourceRow;
import io.pkgslo.ingest.decode.RecordTape.ScopeRow;

/**
 * Reads what the three signals have in common, the nest of resources and scopes, into the tape.
 * Mutable and single-threaded.
 */
abstract class RecordParser {
  static final int PER_RESOURCE_DEPTH = 1;
  static final int RESOURCE_DEPTH = 2;
  static final int PER_SCOPE_DEPTH = 2;
  static final int SCOPE_DEPTH = 3;
  static final int ITEM_DEPTH = 3;

  final WireReader in;
  final RecordTape tape;
  final ValueParser values;
  final StructureCheck structure;

  RecordParser(WireReader in, RecordTape tape, AttributeKeys keys) {
    this.in = in;
    this.tape = tape;
    this.values = new ValueParser(in, tape, keys);
    this.structure = new StructureCheck(in);
  }

  /** How many rows of items there are. */
  abstract int itemCount();

  /** Reads the span, log record or metric that follows. */
  abstract void readItem() throws MalformedOtlpException;

  /** Reads a whole record into the tape, or fails. */
  void parse(byte[] buffer, int offset, int length) throws MalformedOtlpException {
    tape.reset(buffer);
    in.open(buffer, offset, length);
    checkEnvelope();
    in.reopenWhole();
    try {
      while (in.readTag() != 0) {
        readPerResource();
      }
    } catch (MalformedOtlpException e) {
      in.open(buffer, offset, length);
      throw ForeignFormat.isLikely(in) ? ForeignFormat.failure(e.position()) : e;
    }
  }

  // First the outermost fields alone: a truncated or a foreign record shows here, at no cost.
  private void checkEnvelope() throws MalformedOtlpException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != OtlpFields.Export.RESOURCES) {
        throw ForeignFormat.failure(in.offsetOf(in.position()));
      }
      in.readSlice();
    }
  }

  private void readPerResource() throws MalformedOtlpException {
    int row = tape.resources.reserve(ResourceRow.STRIDE);
    int firstScope = scopeCount();
    int known = 0;
    int unknown = 0;
    boolean resourceSeen = false;
    int outer = in.enter(PER_RESOURCE_DEPTH);
    int start = in.position();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      known++;
      switch (tag) {
        case OtlpFields.PerResource.RESOURCE -> {
          if (resourceSeen) {
            tape.needMerge();
          }
          resourceSeen = true;
          readResource(row);
        }
        case OtlpFields.PerResource.SCOPES -> readPerScope();
        case OtlpFields.PerResource.SCHEMA_URL, OtlpFields.PerResource.REMOVED_LIBRARIES ->
            in.readSlice();
        default -> {
          known--;
          unknown++;
          in.skip(tag, PER_RESOURCE_DEPTH);
        }
      }
    }
    in.leave(outer);
    if (known == 0 && unknown > 0) {
      throw ForeignFormat.failure(in.offsetOf(start));
    }
    tape.resources.set(row + ResourceRow.SCOPES, Packed.of(firstScope, scopeCount() - firstScope));
  }

  private int scopeCount() {
    return tape.scopes.size() / ScopeRow.STRIDE;
  }

  private void readResource(int row) throws MalformedOtlpException {
    int first = tape.attributeCount();
    int outer = in.enter(RESOURCE_DEPTH);
    int start = in.position();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case OtlpFields.Resource.ATTRIBUTES -> values.readAttribute(RESOURCE_DEPTH + 1);
        case OtlpFields.Resource.ENTITY_REFS ->
            structure.check(MessageType.ENTITY_REF, RESOURCE_DEPTH + 1);
        default -> in.skip(tag, RESOURCE_DEPTH);
      }
    }
    tape.resources.set(row + ResourceRow.ENCODED, Packed.of(start, in.position() - start));
    in.leave(outer);
    tape.resources.set(row + ResourceRow.ATTRIBUTES, tape.attributesSince(first));
  }

  private void readPerScope() throws MalformedOtlpException {
    int row = tape.scopes.reserve(ScopeRow.STRIDE);
    int firstItem = itemCount();
    boolean scopeSeen = false;
    int outer = in.enter(PER_SCOPE_DEPTH);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case OtlpFields.PerScope.SCOPE -> {
          if (scopeSeen) {
            tape.needMerge();
          }
          scopeSeen = true;
          readScope(row);
        }
        case OtlpFields.PerScope.ITEMS -> readItem();
        case OtlpFields.PerScope.SCHEMA_URL ->
            tape.scopes.set(row + ScopeRow.SCHEMA_URL, in.readSlice());
        default -> in.skip(tag, PER_SCOPE_DEPTH);
      }
    }
    in.leave(outer);
    tape.scopes.set(row + ScopeRow.ITEMS, Packed.of(firstItem, itemCount() - firstItem));
  }

  private void readScope(int row) throws MalformedOtlpException {
    LongArena scopes = tape.scopes;
    int first = tape.attributeCount();
    int outer = in.enter(SCOPE_DEPTH);
    int start = in.position();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case OtlpFields.Scope.NAME -> scopes.set(row + ScopeRow.NAME, in.readSlice());
        case OtlpFields.Scope.VERSION -> scopes.set(row + ScopeRow.VERSION, in.readSlice());
        case OtlpFields.Scope.ATTRIBUTES -> values.readAttribute(SCOPE_DEPTH + 1);
        default -> in.skip(tag, SCOPE_DEPTH);
      }
    }
    scopes.set(row + ScopeRow.ENCODED, Packed.of(start, in.position() - start));
    in.leave(outer);
    scopes.set(row + ScopeRow.ATTRIBUTES, tape.attributesSince(first));
  }
}
