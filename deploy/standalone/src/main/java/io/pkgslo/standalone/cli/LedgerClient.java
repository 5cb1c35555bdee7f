// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads records of the ledger from a running alerts. */
final class LedgerClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI base;
  private final @Nullable String token;

  /**
   * @param base of the service, with a slash at the end
   * @param token absent where reading is open
   */
  LedgerClient(URI base, @Nullable String token) {
    this.base = base;
    this.token = token;
  }

  /** One record. */
  String decision(String id) throws IOException, InterruptedException {
    return get("api/v1/decisions/" + id);
  }

  /** All records of a rollout, in order. */
  List<String> chain(String rollout) throws IOException, InterruptedException {
    return get("api/v1/rollouts/" + rollout + "/ledger").lines().toList();
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response =
        http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() == NOT_FOUND) {
      throw new BadArgumentsException("not in the ledger of " + base + ": " + response.body());
    }
    if (response.statusCode() != OK) {
      throw new IOException(base.resolve(path) + " answered " + response.statusCode());
    }
    return response.body();
  }
}
