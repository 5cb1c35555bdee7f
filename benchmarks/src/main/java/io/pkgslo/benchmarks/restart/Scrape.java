// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.restart;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One answer of {@code /metrics}, read to its end and thrown away.
 *
 * @param calls sum of {@code go_package_calls_total}
 */
record Scrape(long lines, long bytes, double seconds, double calls) {
  private static final byte[] CALLS = "go_package_calls_total{".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int OK = 200;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /**
   * Reads {@code uri}.
   *
   * @return null while nobody answers
   */
  static @Nullable Scrape of(HttpClient http, URI uri) throws InterruptedException {
    long begin = System.nanoTime();
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
    try {
      var response = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        Reader reader = new Reader();
        reader.read(body);
        return response.statusCode() == OK
            ? new Scrape(
                reader.lines, reader.bytes, (System.nanoTime() - begin) / 1e9, reader.calls)
            : null;
      }
    } catch (IOException e) {
      return null;
    }
  }

  /** Counts lines, and adds up those of one name; cheap, since it shares the cores. */
  private static final class Reader {
    private final StringBuilder value = new StringBuilder();
    private long lines;
    private long bytes;
    private double calls;

    /** How much of the name this line has; -1 when it has another one. */
    private int matched;

    void read(InputStream body) throws IOException {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
        bytes += length;
        for (int i = 0; i < length; i++) {
          take(buffer[i]);
        }
      }
    }

    private void take(byte b) {
      if (b == '\n') {
        lines++;
        if (matched == CALLS.length) {
          calls += Double.parseDouble(value.toString());
        }
        value.setLength(0);
        matched = 0;
      } else if (matched == CALLS.length) {
        // The value is what stands behind the last space.
        if (b == ' ') {
          value.setLength(0);
        } else {
          value.append((char) b);
        }
      } else if (matched >= 0) {
        matched = CALLS[matched] == b ? matched + 1 : -1;
      }
    }
  }
}
