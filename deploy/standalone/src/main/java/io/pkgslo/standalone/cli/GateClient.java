// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks a running pkgslo about one release. */
final class GateClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int TOO_MANY = 429;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI address;
  private final @Nullable String token;

  /**
   * @param base of the service, with a slash at the end
   * @param token absent where reading is open
   */
  GateClient(
      URI base, String service, String version, @Nullable String baseline, @Nullable String token) {
    this.address =
        base.resolve(
            "gates/argo?service="
                + encoded(service)
                + "&version="
                + encoded(version)
                + (baseline == null ? "" : "&baseline=" + encoded(baseline)));
    this.token = token;
  }

  /**
   * What was answered.
   *
   * @param verdict promote, hold or rollback; anything else is a word of a newer pkgslo
   * @param json the whole answer
   */
  record Answer(String verdict, String reason, String json) {
    int exitCode() {
      return switch (verdict) {
        case "promote" -> ExitCodes.YES;
        case "rollback" -> ExitCodes.ROLLBACK;
        default -> ExitCodes.HOLD;
      };
    }
  }

  /** The service said no, and will go on to say it. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * Asks once.
   *
   * @throws RefusedException if asking again is no use
   * @throws IOException if there is no answer, or none that is understood
   */
  Answer ask() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(TIMEOUT).header("Accept", "application/json");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response = send(request.build());
    int status = response.statusCode();
    if (status == 200) {
      return answer(response.body());
    }
    String message = address.getAuthority() + " answered " + status + explanation(response.body());
    if (status / 100 == 4 && status != TOO_MANY) {
      throw new RefusedException(message);
    }
    throw new IOException(message);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      String cause = e.getMessage();
      throw new IOException(
          address.getAuthority() + " does not answer" + (cause == null ? "" : ": " + cause), e);
    }
  }

  private Answer answer(String body) throws IOException {
    try {
      JsonObject json = new JsonObject(body);
      if (json.getValue("verdict") instanceof String verdict) {
        return new Answer(verdict, json.getString("reason", verdict), body);
      }
    } catch (DecodeException | ClassCastException e) {
      throw new IOException(address.getAuthority() + " did not answer with a verdict", e);
    }
    throw new IOException(address.getAuthority() + " did not answer with a verdict");
  }

  private static String explanation(String body) {
    try {
      String error = new JsonObject(body).getString("error");
      return error == null ? "" : ": " + error;
    } catch (DecodeException | ClassCastException e) {
      return "";
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
