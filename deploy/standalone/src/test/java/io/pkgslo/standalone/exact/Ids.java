// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import com.google.protobuf.ByteString;
import java.util.HexFormat;

/** Ids of spans and traces as texts. */
final class Ids {
  private Ids() {}

  /** Lower-case hexadecimal; equal lengths sort as unsigned numbers do. Empty for an absent id. */
  static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
