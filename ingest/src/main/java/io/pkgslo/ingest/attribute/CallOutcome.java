// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AnyValueView;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.model.SpanTraits;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * Whether a call failed, by its status and attributes (reference: sli.md, Error). Panics are not
 * looked for here. Immutable.
 */
final class CallOutcome {
  /** What otelgrpc's server side calls an error. CANCELLED is none: the caller went away. */
  static final List<String> DEFAULT_GRPC_ERRORS =
      List.of(
          "UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS");

  private static final List<String> GRPC_CODES =
      List.of(
          "OK",
          "CANCELLED",
          "UNKNOWN",
          "INVALID_ARGUMENT",
          "DEADLINE_EXCEEDED",
          "NOT_FOUND",
          "ALREADY_EXISTS",
          "PERMISSION_DENIED",
          "RESOURCE_EXHAUSTED",
          "FAILED_PRECONDITION",
          "ABORTED",
          "OUT_OF_RANGE",
          "UNIMPLEMENTED",
          "INTERNAL",
          "UNAVAILABLE",
          "DATA_LOSS",
          "UNAUTHENTICATED");
  private static final byte[][] NAMES =
      GRPC_CODES.stream()
          .map(code -> code.getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);

  /** Go's library spells it with one L. */
  private static final byte[] GO_CANCELLED = "CANCELED".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] GRPC = "grpc".getBytes(StandardCharsets.US_ASCII);
  private static final double ABSENT = -1;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final Key[] GRPC_KEYS = {
    Key.RPC_GRPC_STATUS, Key.RPC_RESPONSE_STATUS, Key.RPC_STATUS
  };

  private static final long HTTP = Key.setOf(Key.HTTP_STATUS, Key.HTTP_STATUS_OLD);
  private static final long RPC = Key.setOf(GRPC_KEYS);

  private final BitSet grpcErrors = new BitSet();

  /**
   * @param grpcErrorCodes names as gRPC spells them, or numbers
   * @throws IllegalArgumentException for a code that gRPC does not have
   */
  CallOutcome(Collection<String> grpcErrorCodes) {
    for (String code : grpcErrorCodes) {
      int number = number(Slice.of(code.strip()));
      if (number < 0) {
        throw new IllegalArgumentException(
            "gRPC code '" + code + "': expected one of " + GRPC_CODES + " or its number");
      }
      grpcErrors.set(number);
    }
  }

  boolean failed(int statusCode, AttributesView attributes) {
    return switch (statusCode) {
      case SpanTraits.STATUS_ERROR -> true;
      case SpanTraits.STATUS_UNSET -> isServerError(attributes) || isGrpcError(attributes);
      default -> false;
    };
  }

  private static boolean isServerError(AttributesView attributes) {
    if (!attributes.mayHaveAny(HTTP)) {
      return false;
    }
    double status = Values.numberOr(attributes, Key.HTTP_STATUS, ABSENT);
    if (status == ABSENT) {
      status = Values.numberOr(attributes, Key.HTTP_STATUS_OLD, ABSENT);
    }
    return status >= FIRST_SERVER_ERROR;
  }

  private boolean isGrpcError(AttributesView attributes) {
    if (!attributes.mayHaveAny(RPC)) {
      return false;
    }
    for (Key key : GRPC_KEYS) {
      AnyValueView value = attributes.get(key.id());
      if (value != null) {
        int code = isOtherSystem(attributes) ? -1 : code(value);
        return code >= 0 && grpcErrors.get(code);
      }
    }
    return false;
  }

  /** The attribute is shared by all RPC systems; without a name it is taken for gRPC's. */
  private static boolean isOtherSystem(AttributesView attributes) {
    Slice system = Values.firstText(attributes, Key.RPC_SYSTEM_NAME, Key.RPC_SYSTEM);
    return system != null && !system.isEmpty() && !system.equalsIgnoreAsciiCase(GRPC);
  }

  private static int code(AnyValueView value) {
    return switch (value.kind()) {
      case INT -> {
        long code = value.longValue();
        yield code >= 0 && code < GRPC_CODES.size() ? (int) code : -1;
      }
      case STRING -> number(value.text());
      case EMPTY, BOOL, DOUBLE, ARRAY, KVLIST, BYTES -> -1;
    };
  }

  /** Number of a code by its name, of either case, or by its number; -1 for no code. */
  private static int number(Slice code) {
    for (int i = 0; i < NAMES.length; i++) {
      if (code.equalsIgnoreAsciiCase(NAMES[i])) {
        return i;
      }
    }
    if (code.equalsIgnoreAsciiCase(GO_CANCELLED)) {
      return GRPC_CODES.indexOf("CANCELLED");
    }
    return digits(code);
  }

  private static int digits(Slice code) {
    if (code.isEmpty() || code.length() > 2) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < code.length(); i++) {
      int digit = code.at(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number < GRPC_CODES.size() ? number : -1;
  }
}
