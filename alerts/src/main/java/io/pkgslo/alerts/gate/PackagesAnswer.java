// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer of {@code /api/v1/packages}.
 *
 * @param through event time up to which it is complete; absent while unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PackagesAnswer(@Nullable Instant through, List<PackageView> packages) {
  public PackagesAnswer {
    packages = List.copyOf(packages);
  }
}
