// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import java.util.Locale;

/** What reads the topic, in a process of its own. */
enum Role {
  /** A consumer of byte arrays that counts records. */
  BARE,
  /** The same with Kafka's ByteBuffer deserialiser, which ingest uses: one copy less. */
  BARE_BUFFER,
  /** A consumer of byte arrays that parses them with the generated classes, and does no more. */
  GENERATED,
  /** Ingest, transactional, one worker. */
  INGEST,
  /** The analyzer, exactly once; ingest runs beside it. */
  ANALYZER;

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
