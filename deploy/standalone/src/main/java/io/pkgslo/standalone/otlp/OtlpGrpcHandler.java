// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.otlp;

import io.pkgslo.standalone.otlp.OtlpRejection.Reason;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;

/** OTLP/gRPC: unary calls whose messages are passed on as bytes. */
final class OtlpGrpcHandler implements Handler<GrpcServerRequest<Buffer, Buffer>> {
  private final OtlpSink sink;
  private final OtlpMeters meters;

  OtlpGrpcHandler(OtlpSink sink, OtlpMeters meters) {
    this.sink = sink;
    this.meters = meters;
  }

  @Override
  public void handle(GrpcServerRequest<Buffer, Buffer> request) {
    GrpcServerResponse<Buffer, Buffer> response = request.response();
    OtlpMeters.Request account = meters.begin(OtlpMeters.Protocol.GRPC);
    OneMessage answerOnce = new OneMessage(account);
    request.exceptionHandler(gone -> answerOnce.cancel());
    request.errorHandler(gone -> answerOnce.cancel());
    request.invalidMessageHandler(
        invalid -> answerOnce.reject(response, Gunzip.tooLarge(sink.maxBodyBytes())));
    request.messageHandler(
        message ->
            answerOnce.first(
                () ->
                    accept(request.fullMethodName(), message)
                        // An empty message: everything was accepted.
                        .onSuccess(done -> succeed(response, account))
                        .onFailure(e -> answer(response, account, OtlpRejection.of(e)))));
    request.endHandler(
        end ->
            answerOnce.reject(
                response, new OtlpRejection(Reason.MALFORMED, "expected one message, not none")));
  }

  private Future<Void> accept(String method, GrpcMessage message) {
    return OtlpSignal.ofMethod(method)
        .map(signal -> accept(signal, message))
        .orElseGet(
            () ->
                Future.failedFuture(
                    new OtlpRejection(
                        Reason.UNKNOWN_PATH,
                        "expected the Export method of TraceService, LogsService or"
                            + " MetricsService")));
  }

  private Future<Void> accept(OtlpSignal signal, GrpcMessage message) {
    return switch (message.encoding()) {
      case "identity" ->
          sink.accept(signal, PayloadEncoding.PROTOBUF, false, message.payload().getBytes());
      case "gzip" ->
          sink.accept(signal, PayloadEncoding.PROTOBUF, true, message.payload().getBytes());
      default ->
          Future.failedFuture(
              new OtlpRejection(
                  Reason.UNSUPPORTED_ENCODING, "expected grpc-encoding gzip or identity"));
    };
  }

  private static void succeed(
      GrpcServerResponse<Buffer, Buffer> response, OtlpMeters.Request account) {
    account.forwarded();
    response.end(Buffer.buffer());
  }

  private static void answer(
      GrpcServerResponse<Buffer, Buffer> response,
      OtlpMeters.Request account,
      OtlpRejection rejection) {
    account.refused(rejection.reason());
    response.status(rejection.reason().grpcStatus()).statusMessage(rejection.text()).end();
  }

  /** A unary call is answered once, whatever else the client sends. Runs on one event loop. */
  private static final class OneMessage {
    private final OtlpMeters.Request account;
    private boolean taken;

    OneMessage(OtlpMeters.Request account) {
      this.account = account;
    }

    void first(Runnable work) {
      if (!taken) {
        taken = true;
        work.run();
      }
    }

    void reject(GrpcServerResponse<Buffer, Buffer> response, OtlpRejection rejection) {
      first(() -> answer(response, account, rejection));
    }

    /** What was taken goes on without its sender. */
    void cancel() {
      first(() -> account.refused(Reason.CANCELLED));
    }
  }
}
