// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * One change in the form for one target.
 *
 * @param idempotencyKey the same for every attempt
 * @param event what it is, for receivers that sort by header
 * @param body JSON
 */
record Notice(URI target, String contentType, String event, String idempotencyKey, String body) {
  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
