// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import io.pkgslo.ingest.decode.RecordTape.ResourceRow;
import org.jspecify.annotations.Nullable;

/** The resource of the scopes and items that follow it. A flyweight, see the package. */
public final class ResourceView {
  private final RecordTape tape;
  private final AttributesView attributes;
  private final ContentHasher hasher;
  private final Slice encoded = new Slice();
  private final Hash128 identity = new Hash128();
  private int row;
  private boolean identityKnown;

  ResourceView(RecordTape tape, AttributeKeys keys, ContentHasher hasher) {
    this.tape = tape;
    this.attributes = new AttributesView(tape, keys);
    this.hasher = hasher;
  }

  void moveTo(int newRow) {
    row = newRow;
    identityKnown = false;
    attributes.moveTo(tape.resources.get(row + ResourceRow.ATTRIBUTES));
  }

  public AttributesView attributes() {
    return attributes;
  }

  /** The value of a key, or null; as {@link AttributesView#get}. */
  public @Nullable AnyValueView attribute(int keyId) {
    return attributes.get(keyId);
  }

  /**
   * The resource as the sender encoded it; empty when there was none. Equal bytes mean equal
   * resources, so it is a key for caches of what follows from a resource; the reverse does not
   * hold.
   */
  public Slice encoded() {
    return encoded.wrapPacked(tape.buffer(), tape.resources.get(row + ResourceRow.ENCODED));
  }

  /** Hash of what the resource says, in whatever encoding and order; do not keep the object. */
  public Hash128 identity() {
    if (!identityKnown) {
      hasher.begin();
      hasher.attributes(attributes);
      hasher.finish(identity);
      identityKnown = true;
    }
    return identity;
  }
}
