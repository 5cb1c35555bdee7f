// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import io.pkgslo.ingest.attribute.AttributeSettings;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.record.RecordSettings;

/**
 * Everything that ingest can be told, by stage.
 *
 * @param record consuming and committing
 * @param decode what a record may cost
 * @param attribute packages, errors, sampling, panics
 */
public record IngestSettings(
    RecordSettings record, DecodeLimits decode, AttributeSettings attribute) {}
