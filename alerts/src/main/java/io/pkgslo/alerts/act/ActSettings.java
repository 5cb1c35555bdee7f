// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whom to tell, and how persistently; not printed, since a secret is among it.
 *
 * @param webhooks get our own form
 * @param cdevents get CloudEvents of CDEvents, structured mode
 * @param secret of the signature, 16 characters or more
 * @param dryRun only log what would be sent
 * @param coolDown after a change this long no change for the better of the same rollout
 * @param changesPerHour of one service; more are a loop
 * @param attempts per change and target, 1 or more
 * @param firstPause between two attempts; doubled each time up to {@code lastPause}
 */
public record ActSettings(
    List<URI> webhooks,
    List<URI> cdevents,
    String secret,
    boolean dryRun,
    Duration coolDown,
    int changesPerHour,
    int attempts,
    Duration firstPause,
    Duration lastPause,
    Duration timeout,
    String publicUrl) {
  private static final int LEAST_SECRET_CHARS = 16;

  public ActSettings {
    webhooks = List.copyOf(webhooks);
    cdevents = List.copyOf(cdevents);
    for (URI target : targets(webhooks, cdevents)) {
      String scheme = String.valueOf(target.getScheme());
      if (!(scheme.equals("http") || scheme.equals("https")) || target.getHost() == null) {
        throw new IllegalArgumentException(
            "pkgslo.alerts.act: expected http or https addresses, found one that is neither");
      }
    }
    if (targets(webhooks, cdevents).isEmpty()) {
      throw new IllegalArgumentException(
          "pkgslo.alerts.act is enabled without webhooks and cdevents to send to");
    }
    if (secret.length() < LEAST_SECRET_CHARS) {
      throw new IllegalArgumentException(
          "pkgslo.alerts.act.secret-file: expected a secret of "
              + LEAST_SECRET_CHARS
              + " characters or more");
    }
    if (attempts < 1 || changesPerHour < 1 || firstPause.toMillis() < 1) {
      throw new IllegalArgumentException(
          "pkgslo.alerts.act: attempts, changes-per-hour and first-pause must be more than 0");
    }
  }

  private static List<URI> targets(List<URI> webhooks, List<URI> cdevents) {
    return Stream.concat(webhooks.stream(), cdevents.stream()).toList();
  }

  byte[] key() {
    return secret.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "ActSettings[" + (webhooks.size() + cdevents.size()) + " targets]";
  }
}
