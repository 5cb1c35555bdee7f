// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/**
 * Checks messages that nobody asks for (links, exemplars, entity references) down to their leaves,
 * so that a record is sound as a whole or not at all. Mutable and single-threaded.
 */
final class StructureCheck {
  private final WireReader in;

  StructureCheck(WireReader in) {
    this.in = in;
  }

  /** Reads over the message that follows. */
  void check(MessageType type, int depth) throws MalformedOtlpException {
    int outer = in.enter(depth);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      MessageType nested = type.messageAt(tag);
      if (nested == null) {
        in.skip(tag, depth);
      } else {
        check(nested, depth + 1);
      }
    }
    in.leave(outer);
  }
}
