// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends text in chunks while it is made, and waits for each to leave: a large answer is never whole
 * in memory. For worker threads only; one thread at a time.
 */
final class ResponseWriter extends Writer {
  private static final int CHUNK_CHARS = 64 * 1024;
  private static final long CHUNK_TIMEOUT_SECONDS = 30;

  private final HttpServerResponse response;
  private final StringBuilder pending = new StringBuilder(CHUNK_CHARS);

  ResponseWriter(HttpServerResponse response) {
    this.response = response;
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    pending.append(text, offset, length);
    sendIfFull();
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    pending.append(text, offset, offset + length);
    sendIfFull();
  }

  @Override
  public Writer append(CharSequence text) throws IOException {
    pending.append(text);
    sendIfFull();
    return this;
  }

  @Override
  public void write(int character) throws IOException {
    pending.append((char) character);
    sendIfFull();
  }

  /** Does nothing: the writers of the formats flush after every line. */
  @Override
  public void flush() {}

  @Override
  public void close() throws IOException {
    send();
    if (!response.ended() && !response.closed()) {
      response.end();
    }
  }

  private void sendIfFull() throws IOException {
    if (pending.length() >= CHUNK_CHARS) {
      send();
    }
  }

  private void send() throws IOException {
    if (pending.isEmpty()) {
      return;
    }
    Buffer chunk = Buffer.buffer(pending.toString());
    pending.setLength(0);
    if (response.closed()) {
      throw new IOException("connection closed");
    }
    try {
      response
          .write(chunk)
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
