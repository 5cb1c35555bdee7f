// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import io.pkgslo.ingest.decode.RecordTape.ScopeRow;
import org.jspecify.annotations.Nullable;

/**
 * The instrumentation scope of the items that follow it. A scope that the sender left out has an
 * empty name. A flyweight, see the package.
 */
public final class ScopeView {
  private final RecordTape tape;
  private final AttributesView attributes;
  private final ContentHasher hasher;
  private final Slice encoded = new Slice();
  private final Slice name = new Slice();
  private final Slice version = new Slice();
  private final Slice schemaUrl = new Slice();
  private final Hash128 identity = new Hash128();
  private int row;
  private boolean identityKnown;

  ScopeView(RecordTape tape, AttributeKeys keys, ContentHasher hasher) {
    this.tape = tape;
    this.attributes = new AttributesView(tape, keys);
    this.hasher = hasher;
  }

  void moveTo(int newRow) {
    row = newRow;
    identityKnown = false;
    attributes.moveTo(tape.scopes.get(row + ScopeRow.ATTRIBUTES));
  }

  /** Empty when absent. */
  public Slice name() {
    return name.wrapPacked(tape.buffer(), tape.scopes.get(row + ScopeRow.NAME));
  }

  /** Empty when absent. */
  public Slice version() {
    return version.wrapPacked(tape.buffer(), tape.scopes.get(row + ScopeRow.VERSION));
  }

  /** Schema URL of the scope's items; empty when absent. */
  public Slice schemaUrl() {
    return schemaUrl.wrapPacked(tape.buffer(), tape.scopes.get(row + ScopeRow.SCHEMA_URL));
  }

  public AttributesView attributes() {
    return attributes;
  }

  /** The value of a key, or null; as {@link AttributesView#get}. */
  public @Nullable AnyValueView attribute(int keyId) {
    return attributes.get(keyId);
  }

  /** The scope as the sender encoded it, as {@link ResourceView#encoded()}. */
  public Slice encoded() {
    return encoded.wrapPacked(tape.buffer(), tape.scopes.get(row + ScopeRow.ENCODED));
  }

  /** Hash of what the scope says, in whatever encoding and order; do not keep the object. */
  public Hash128 identity() {
    if (!identityKnown) {
      hasher.begin();
      hasher.text(name());
      hasher.text(version());
      hasher.attributes(attributes);
      hasher.finish(identity);
      identityKnown = true;
    }
    return identity;
  }
}
