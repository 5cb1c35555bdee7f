// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;

/**
 * RocksDB for stores that are written all the time and read at start alone: small buffers, one
 * small cache for all, so that a task costs a few megabytes and not a hundred.
 */
public final class SmallRocks implements RocksDBConfigSetter {
  private static final long WRITE_BUFFER_BYTES = 4L << 20;
  private static final int WRITE_BUFFERS = 2;
  private static final long SHARED_CACHE_BYTES = 16L << 20;

  /** Stores whose records are read at start alone, and most of which are deleted before long. */
  private static final Set<String> LOGS =
      Set.of(AnalyzerTopology.TRACE_STORE, AnalyzerTopology.PROCESS_STORE);

  /**
   * Files that are put up with in a store that nobody searches. Merging four of them, as RocksDB
   * does, writes each byte several times for nothing.
   */
  private static final int FILES_OF_LOG = 16;

  /** Of the process: closing it with one store would take it from the others. */
  private static final Cache SHARED_CACHE = new LRUCache(SHARED_CACHE_BYTES);

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(SHARED_CACHE);
    options.setTableFormatConfig(table);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    if (LOGS.contains(storeName)) {
      options.setLevel0FileNumCompactionTrigger(FILES_OF_LOG);
      options.setLevel0SlowdownWritesTrigger(2 * FILES_OF_LOG);
      options.setLevel0StopWritesTrigger(3 * FILES_OF_LOG);
    }
  }

  @Override
  public void close(String storeName, Options options) {
    // The cache is shared and stays.
  }
}
