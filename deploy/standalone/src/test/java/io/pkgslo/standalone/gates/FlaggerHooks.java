// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.gates;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Flagger's webhooks: for each a yes or a no, as Flagger reads the status. */
final class FlaggerHooks {
  /** They only tell, and are always noted. */
  static final Set<String> TOLD = Set.of("post-rollout", "event");

  /** Before the canary has traffic. */
  static final Set<String> START = Set.of("confirm-rollout", "pre-rollout");

  /** Only promote is a yes. */
  static final Set<String> GO_ON =
      Set.of("rollout", "confirm-traffic-increase", "confirm-promotion");

  /** The only hook whose yes rolls back. */
  static final String ROLLBACK = "rollback";

  private static final int LAST_YES = 202;

  private final Client client;

  FlaggerHooks(Client client) {
    this.client = client;
  }

  /** The hooks that say yes. */
  Set<String> yes(Scene scene) throws IOException, InterruptedException {
    Set<String> yes = new TreeSet<>();
    for (Set<String> hooks : Set.of(TOLD, START, GO_ON, Set.of(ROLLBACK))) {
      for (String hook : hooks) {
        if (saysYes(hook, scene)) {
          yes.add(hook);
        }
      }
    }
    return yes;
  }

  private boolean saysYes(String hook, Scene scene) throws IOException, InterruptedException {
    Map<String, String> metadata = new HashMap<>();
    metadata.put("version", Scene.VERSION);
    if (hook.equals("event")) {
      metadata.put("eventMessage", "Advance checkout canary weight 25");
      metadata.put("eventType", "Normal");
      metadata.put("timestamp", "1795197823737");
    }
    Client.Answer answer =
        client.post(
            "/gates/flagger/" + hook,
            Map.of(
                "name",
                "checkout",
                "namespace",
                scene.namespace(),
                "phase",
                "Progressing",
                "checksum",
                "85d557f47b",
                "metadata",
                metadata));
    return answer.status() <= LAST_YES;
  }
}
