// SPDX-License-Identifier: Apache-2.0
/**
 * Recordings of what stood on the OTLP topics, and their way back into Kafka.
 *
 * <p>In comes a file (or a cluster), out go records on the OTLP topics (or a file), unchanged but
 * for a constant shift in time. A record whose value is not OTLP is replayed as it is: bad input is
 * part of what was recorded. A damaged file stops the replay with the place of the damage.
 *
 * <h2>Format</h2>
 *
 * One zstd stream (a window of up to 2^27 bytes is accepted) of: the line {@code pkgslo-recording
 * 1}; one line of JSON, see {@link io.pkgslo.standalone.recording.RecordingMetadata}; then as many
 * entries as the metadata says, each a protobuf message behind its length as an unsigned varint:
 *
 * <pre>
 *   1 topic      varint, index into the metadata's topics
 *   2 partition  varint
 *   3 timestamp  fixed64, Unix milliseconds
 *   4 key        bytes, absent for no key
 *   5 headers    repeated { 1 key string, 2 value bytes, absent for null }
 *   6 value      bytes, absent for a tombstone
 * </pre>
 *
 * <p>Unknown fields are skipped, so that an entry may learn more without a new format.
 */
@NullMarked
package io.pkgslo.standalone.recording;

import org.jspecify.annotations.NullMarked;
