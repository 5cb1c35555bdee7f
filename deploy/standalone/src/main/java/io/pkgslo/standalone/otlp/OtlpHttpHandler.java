// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.otlp;

import io.pkgslo.standalone.otlp.OtlpRejection.Reason;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** OTLP/HTTP: one request, one answer in the request's encoding. */
final class OtlpHttpHandler implements Handler<HttpServerRequest> {
  private static final String RETRY_AFTER_SECONDS = "5";

  private final OtlpSink sink;
  private final OtlpMeters meters;

  OtlpHttpHandler(OtlpSink sink, OtlpMeters meters) {
    this.sink = sink;
    this.meters = meters;
  }

  @Override
  public void handle(HttpServerRequest request) {
    PayloadEncoding encoding =
        PayloadEncoding.ofContentType(request.getHeader(HttpHeaders.CONTENT_TYPE))
            .orElse(PayloadEncoding.PROTOBUF);
    OtlpMeters.Request account = meters.begin(OtlpMeters.Protocol.HTTP);
    try {
      OtlpSignal signal = check(request);
      boolean gzip = isGzip(request.getHeader(HttpHeaders.CONTENT_ENCODING));
      collect(
          request,
          encoding,
          account,
          body ->
              sink.accept(signal, encoding, gzip, body.getBytes())
                  .onSuccess(done -> succeed(request.response(), encoding, account))
                  .onFailure(e -> reject(request, encoding, account, OtlpRejection.of(e))));
    } catch (OtlpRejection e) {
      reject(request, encoding, account, e);
    }
  }

  private OtlpSignal check(HttpServerRequest request) throws OtlpRejection {
    OtlpSignal signal =
        OtlpSignal.ofPath(request.path())
            .orElseThrow(
                () ->
                    new OtlpRejection(
                        Reason.UNKNOWN_PATH, "expected /v1/traces, /v1/logs or /v1/metrics"));
    if (!request.method().equals(HttpMethod.POST)) {
      throw new OtlpRejection(Reason.NOT_A_POST, "expected POST");
    }
    if (PayloadEncoding.ofContentType(request.getHeader(HttpHeaders.CONTENT_TYPE)).isEmpty()) {
      throw new OtlpRejection(
          Reason.UNSUPPORTED_ENCODING,
          "expected Content-Type application/x-protobuf or application/json");
    }
    return signal;
  }

  private static boolean isGzip(@Nullable String contentEncoding) throws OtlpRejection {
    if (contentEncoding == null) {
      return false;
    }
    return switch (contentEncoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> false;
      case "gzip" -> true;
      default ->
          throw new OtlpRejection(
              Reason.UNSUPPORTED_ENCODING, "expected Content-Encoding gzip or none");
    };
  }

  private void collect(
      HttpServerRequest request,
      PayloadEncoding encoding,
      OtlpMeters.Request account,
      Handler<Buffer> whole) {
    Buffer body = Buffer.buffer();
    // Heard of as long as the body is not whole.
    request.exceptionHandler(gone -> account.refused(Reason.CANCELLED));
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() > sink.maxBodyBytes()) {
            reject(request, encoding, account, Gunzip.tooLarge(sink.maxBodyBytes()));
          } else {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(
        end -> {
          if (!request.response().ended()) {
            whole.handle(body);
          }
        });
  }

  private static void succeed(
      HttpServerResponse response, PayloadEncoding encoding, OtlpMeters.Request account) {
    account.forwarded();
    if (isGone(response)) {
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, encoding.contentType());
    // An empty message: everything was accepted.
    switch (encoding) {
      case PROTOBUF -> response.end();
      case JSON -> response.end("{}");
    }
  }

  private static void reject(
      HttpServerRequest request,
      PayloadEncoding encoding,
      OtlpMeters.Request account,
      OtlpRejection rejection) {
    account.refused(rejection.reason());
    HttpServerResponse response = request.response();
    if (isGone(response)) {
      return;
    }
    response.setStatusCode(rejection.reason().httpStatus());
    response.putHeader(HttpHeaders.CONTENT_TYPE, encoding.contentType());
    if (rejection.reason() == Reason.NOT_A_POST) {
      response.putHeader(HttpHeaders.ALLOW, "POST");
    }
    if (rejection.reason().isRetryable()) {
      response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    if (!request.isEnded()) {
      // The rest of the body is of no interest; without this it would have to be read.
      response.putHeader(HttpHeaders.CONNECTION, "close");
    }
    response.end(RpcStatus.encode(rejection, encoding));
  }

  private static boolean isGone(HttpServerResponse response) {
    return response.ended() || response.closed();
  }
}
