// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends one notice, again and again with growing pauses. Blocks; thread-safe. */
final class WebhookSender {
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;

  private final ActSettings settings;
  private final Clock clock;
  private final Pause pause;
  // Redirects are not followed: the signed body is for the address that was configured.
  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** Waits between two attempts. */
  @FunctionalInterface
  interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }

  WebhookSender(ActSettings settings, Clock clock, Pause pause) {
    this.settings = settings;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Null when it was delivered, else why not; no text of the receiver is in it.
   *
   * @throws InterruptedException when it shall end; the notice may or may not have arrived
   */
  @Nullable String send(Notice notice) throws InterruptedException {
    Duration wait = settings.firstPause();
    String failure = null;
    for (int attempt = 1; attempt <= settings.attempts(); attempt++) {
      if (attempt > 1) {
        pause.sleep(wait);
        wait = shorter(wait.multipliedBy(2), settings.lastPause());
      }
      int status = -1;
      try {
        status = post(notice);
        failure = "status " + status;
      } catch (IOException e) {
        failure = e.getClass().getSimpleName();
      }
      if (status / 100 == 2) {
        return null;
      }
      if (isFinal(status)) {
        return failure;
      }
    }
    return failure + " after " + settings.attempts() + " attempts";
  }

  /** The receiver has understood and says no: it will say no again. */
  private static boolean isFinal(int status) {
    return status / 100 == 4 && status != REQUEST_TIMEOUT && status != TOO_MANY_REQUESTS;
  }

  private int post(Notice notice) throws IOException, InterruptedException {
    long now = clock.instant().getEpochSecond();
    HttpRequest request =
        HttpRequest.newBuilder(notice.target())
            .timeout(settings.timeout())
            .header("Content-Type", notice.contentType())
            .header("Idempotency-Key", notice.idempotencyKey())
            .header("X-Pkgslo-Event", notice.event())
            .header(Signature.TIMESTAMP_HEADER, Long.toString(now))
            .header(Signature.HEADER, Signature.of(settings.key(), now, notice.bytes()))
            .POST(BodyPublishers.ofByteArray(notice.bytes()))
            .build();
    HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
    return response.statusCode();
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
