// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer of {@code /api/v1/slos}.
 *
 * @param through event time up to which it is complete; absent while unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SlosAnswer(@Nullable Instant through, List<SloView> slos) {
  public SlosAnswer {
    slos = List.copyOf(slos);
  }
}
