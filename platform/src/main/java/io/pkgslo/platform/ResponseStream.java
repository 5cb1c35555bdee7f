// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends an answer in chunks while it is made: the next one is made while one is on its way, and no
 * more than these two are in memory. For worker threads only; one thread at a time.
 */
final class ResponseStream extends OutputStream {
  private static final int CHUNK_BYTES = 64 * 1_024;
  private static final long CHUNK_TIMEOUT_SECONDS = 30;

  private final HttpServerResponse response;
  private Buffer pending = Buffer.buffer();
  private Future<Void> onItsWay = Future.succeededFuture();

  ResponseStream(HttpServerResponse response) {
    this.response = response;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    pending.appendBytes(bytes, offset, length);
    sendIfFull();
  }

  @Override
  public void write(int value) throws IOException {
    pending.appendByte((byte) value);
    sendIfFull();
  }

  /** Does nothing: the writers of the formats flush after every line. */
  @Override
  public void flush() {}

  @Override
  public void close() throws IOException {
    send();
    if (!response.ended() && !response.closed()) {
      awaitSent();
      response.end();
    }
  }

  private void sendIfFull() throws IOException {
    if (pending.length() >= CHUNK_BYTES) {
      send();
    }
  }

  private void send() throws IOException {
    if (pending.length() == 0) {
      return;
    }
    awaitSent();
    if (response.closed()) {
      throw new IOException("connection closed");
    }
    onItsWay = response.write(pending);
    pending = Buffer.buffer(CHUNK_BYTES);
  }

  private void awaitSent() throws IOException {
    try {
      onItsWay
          .toCompletionStage()
          .toCompletableFuture()
          .get(CHUNK_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("chunk not sent", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
