// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** How rollouts are written on pkgslo.verdicts. */
public final class RolloutJson {
  /** Keys of pkgslo.verdicts that stand for a partition's progress and not for a rollout. */
  public static final String PROGRESS_KEY_PREFIX = "progress/";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          // A newer instance may know more fields.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private RolloutJson() {}

  public static ObjectMapper mapper() {
    return MAPPER;
  }
}
