// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.otlp;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a request's body, and the answer to it, is written. */
enum PayloadEncoding {
  PROTOBUF("application/x-protobuf"),
  JSON("application/json");

  private final String contentType;

  PayloadEncoding(String contentType) {
    this.contentType = contentType;
  }

  /**
   * @param header the value of {@code Content-Type}, parameters and all; null if absent
   */
  static Optional<PayloadEncoding> ofContentType(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    int parameters = header.indexOf(';');
    String type = parameters < 0 ? header : header.substring(0, parameters);
    return switch (type.strip().toLowerCase(Locale.ROOT)) {
      case "application/x-protobuf" -> Optional.of(PROTOBUF);
      case "application/json" -> Optional.of(JSON);
      default -> Optional.empty();
    };
  }

  String contentType() {
    return contentType;
  }
}
