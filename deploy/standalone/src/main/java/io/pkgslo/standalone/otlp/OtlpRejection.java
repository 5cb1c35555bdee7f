// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.otlp;

import io.vertx.grpc.common.GrpcStatus;
import java.util.Locale;

/** A request that is not acknowledged. The message is for the sender and shows none of its data. */
final class OtlpRejection extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why, and how HTTP and gRPC put it. A sender retries the last two only, as OTLP asks. */
  enum Reason {
    MALFORMED(400, GrpcStatus.INVALID_ARGUMENT),
    UNKNOWN_PATH(404, GrpcStatus.UNIMPLEMENTED),
    NOT_A_POST(405, GrpcStatus.UNIMPLEMENTED),
    TOO_LARGE(413, GrpcStatus.INVALID_ARGUMENT),
    UNSUPPORTED_ENCODING(415, GrpcStatus.UNIMPLEMENTED),
    BUG(500, GrpcStatus.INTERNAL),
    /** The sender went away before all of it was here; 499 as proxies log it, nobody reads it. */
    CANCELLED(499, GrpcStatus.CANCELLED),
    OVERLOADED(429, GrpcStatus.UNAVAILABLE),
    KAFKA_UNAVAILABLE(503, GrpcStatus.UNAVAILABLE);

    private final int httpStatus;
    private final GrpcStatus grpcStatus;

    Reason(int httpStatus, GrpcStatus grpcStatus) {
      this.httpStatus = httpStatus;
      this.grpcStatus = grpcStatus;
    }

    int httpStatus() {
      return httpStatus;
    }

    GrpcStatus grpcStatus() {
      return grpcStatus;
    }

    /** As counters name it. */
    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the sender should try the same request again. */
    boolean isRetryable() {
      return this == OVERLOADED || this == KAFKA_UNAVAILABLE;
    }
  }

  private final Reason reason;

  OtlpRejection(Reason reason, String message) {
    // Without a stack: a flood of bad requests should cost as little as possible.
    super(message, null, false, false);
    this.reason = reason;
  }

  /** The rejection that {@code failure} is, or stands for. */
  static OtlpRejection of(Throwable failure) {
    return failure instanceof OtlpRejection rejection
        ? rejection
        : new OtlpRejection(Reason.BUG, "internal error");
  }

  Reason reason() {
    return reason;
  }

  /** Never null. */
  String text() {
    String message = getMessage();
    return message == null ? reason.name() : message;
  }
}
