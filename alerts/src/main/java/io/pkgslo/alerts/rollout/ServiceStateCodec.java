// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A service's rollouts as JSON: doubles come back bit for bit, and fields may be added. */
final class ServiceStateCodec {
  private ServiceStateCodec() {}

  static byte[] encode(ServiceState state) {
    try {
      return RolloutJson.mapper().writeValueAsBytes(state);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("state of " + state.service() + " cannot be written", e);
    }
  }

  static ServiceState decode(byte[] json) {
    try {
      return RolloutJson.mapper().readValue(json, ServiceState.class);
    } catch (IOException e) {
      throw new UncheckedIOException("state of a service cannot be read", e);
    }
  }
}
