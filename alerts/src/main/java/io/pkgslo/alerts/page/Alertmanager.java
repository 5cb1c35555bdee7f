// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Alertmanager and what it was told last. It is told what is new to it at once, and all else
 * again after a while; what it did not take stays new. One thread.
 */
final class Alertmanager {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;

  /** What it knows of one alert. */
  private record Told(Instant startsAt, boolean ended, Instant at) {}

  private final URI address;
  private final Duration resend;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ObjectMapper json =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  private final Map<Map<String, String>, Told> told = new HashMap<>();

  Alertmanager(URI base, Duration resend) {
    String text = base.toString();
    this.address = URI.create(text + (text.endsWith("/") ? "" : "/") + "api/v2/alerts");
    this.resend = resend;
  }

  /** Returns why it did not take what is due; null when it did, or nothing is. */
  @Nullable String offer(List<PagedAlert> alerts, Instant now) throws InterruptedException {
    told.keySet().retainAll(alerts.stream().map(PagedAlert::labels).toList());
    List<PagedAlert> due = new ArrayList<>();
    for (PagedAlert alert : alerts) {
      if (isDue(alert, now)) {
        due.add(alert);
      }
    }
    if (due.isEmpty()) {
      return null;
    }
    String failure = post(due);
    if (failure == null) {
      for (PagedAlert alert : due) {
        told.put(alert.labels(), new Told(alert.startsAt(), hasEnded(alert, now), now));
      }
    }
    return failure;
  }

  private boolean isDue(PagedAlert alert, Instant now) {
    Told last = told.get(alert.labels());
    return last == null
        || !last.startsAt().equals(alert.startsAt())
        || last.ended() != hasEnded(alert, now)
        || !now.isBefore(last.at().plus(resend));
  }

  private static boolean hasEnded(PagedAlert alert, Instant now) {
    return !alert.endsAt().isAfter(now);
  }

  private @Nullable String post(List<PagedAlert> due) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(due)))
              .build();
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      return switch (answer.statusCode()) {
        case OK -> null;
        // It has stored the valid ones before it says so; to offer all again does no harm.
        case BAD_REQUEST -> address + " refuses alerts: " + answer.body().strip();
        default -> address + " answered " + answer.statusCode();
      };
    } catch (IOException e) {
      return address + " cannot be reached: " + e;
    }
  }
}
