// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.page;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One alert as {@code POST /api/v2/alerts} takes it. Alertmanager knows it by its labels, so the
 * same alert of two instances of pkgslo, or told twice, is one.
 *
 * @param endsAt in the future while it is firing
 */
@JsonPropertyOrder({"labels", "annotations", "startsAt", "endsAt", "generatorURL"})
record PagedAlert(
    Map<String, String> labels,
    Map<String, String> annotations,
    Instant startsAt,
    Instant endsAt,
    @JsonProperty("generatorURL") @Nullable String generatorUrl) {}
