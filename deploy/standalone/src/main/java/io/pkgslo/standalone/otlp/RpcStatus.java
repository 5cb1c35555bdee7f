// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.otlp;

import com.google.protobuf.CodedOutputStream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * {@code google.rpc.Status}, the body of every OTLP/HTTP error: {1 code int32, 2 message string}.
 */
final class RpcStatus {
  private static final int CODE = 1;
  private static final int MESSAGE = 2;

  private RpcStatus() {}

  static Buffer encode(OtlpRejection rejection, PayloadEncoding encoding) {
    int code = rejection.reason().grpcStatus().code;
    return switch (encoding) {
      case JSON -> new JsonObject().put("code", code).put("message", rejection.text()).toBuffer();
      case PROTOBUF -> protobuf(code, rejection.text());
    };
  }

  private static Buffer protobuf(int code, String message) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeInt32(CODE, code);
      out.writeString(MESSAGE, message);
      out.flush();
      return Buffer.buffer(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail to be written
    }
  }
}
