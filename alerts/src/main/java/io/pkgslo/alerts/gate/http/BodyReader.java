// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/** Collects a request's body up to a limit. For the event loop of its request. */
final class BodyReader {
  private final int limitBytes;

  BodyReader(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  /**
   * Calls exactly one of the two, unless the caller goes away.
   *
   * @param tooLong is called as soon as that is known; what still comes is thrown away
   */
  void read(RoutingContext context, Consumer<byte[]> whole, Runnable tooLong) {
    if (context.body().available()) {
      Buffer body = context.body().buffer();
      deliver(body == null ? new byte[0] : body.getBytes(), whole, tooLong);
      return;
    }
    HttpServerRequest request = context.request();
    if (request.isEnded()) {
      whole.accept(new byte[0]);
      return;
    }
    Collected collected = new Collected(whole, tooLong);
    request.handler(collected::add);
    request.endHandler(nothing -> collected.end());
    request.resume();
  }

  private void deliver(byte[] body, Consumer<byte[]> whole, Runnable tooLong) {
    if (body.length > limitBytes) {
      tooLong.run();
    } else {
      whole.accept(body);
    }
  }

  /** Mutable, on the event loop. */
  private final class Collected {
    private final Consumer<byte[]> whole;
    private final Runnable tooLong;
    private final Buffer body = Buffer.buffer();
    private boolean over;

    Collected(Consumer<byte[]> whole, Runnable tooLong) {
      this.whole = whole;
      this.tooLong = tooLong;
    }

    void add(Buffer chunk) {
      if (over) {
        return;
      }
      if (body.length() + chunk.length() > limitBytes) {
        over = true;
        tooLong.run();
      } else {
        body.appendBuffer(chunk);
      }
    }

    void end() {
      if (!over) {
        whole.accept(body.getBytes());
      }
    }
  }
}
