// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.record;

/**
 * Why a record is dead-lettered.
 *
 * @param reason one of a closed set, for labels and headers
 * @param stage the stage that refused it
 */
public record Rejection(String reason, String stage) {}
