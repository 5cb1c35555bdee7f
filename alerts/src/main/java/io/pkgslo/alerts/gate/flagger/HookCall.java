// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import io.pkgslo.alerts.gate.ArmQuestion;
import io.pkgslo.alerts.gate.http.Ask;
import io.pkgslo.alerts.gate.http.BadAsk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a hook.
 *
 * @param name of the canary, which is the name of its target
 * @param checksum of what is being deployed; empty in calls that are not part of an analysis
 * @param service of the metadata, for services that are not called namespace/name or name
 * @param version of the metadata; Flagger itself knows none
 * @param message of an event
 */
record HookCall(
    String name,
    String namespace,
    String checksum,
    @Nullable String service,
    @Nullable String version,
    @Nullable String message) {

  static HookCall of(JsonNode body) {
    JsonNode metadata = body.path("metadata");
    if (!metadata.isMissingNode() && !metadata.isNull() && !metadata.isObject()) {
      throw new BadAsk("metadata: expected an object");
    }
    String name = Ask.text(body, "name");
    String namespace = Ask.text(body, "namespace");
    if (name == null || namespace == null) {
      throw new BadAsk("expected name and namespace of the canary");
    }
    String checksum = Ask.text(body, "checksum");
    return new HookCall(
        name,
        namespace,
        checksum == null ? "" : checksum,
        Ask.text(metadata, "service"),
        Ask.text(metadata, "version"),
        Ask.text(metadata, "eventMessage"));
  }

  ArmQuestion question() {
    return service == null
        ? ArmQuestion.ofWorkload(namespace, name, version)
        : new ArmQuestion(List.of(service), version, null);
  }

  /** Identifies the analysis; the same canary with another checksum is another release. */
  String analysis() {
    return namespace + '/' + name + '/' + checksum;
  }
}
