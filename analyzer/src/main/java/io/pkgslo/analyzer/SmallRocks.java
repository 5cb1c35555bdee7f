// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import java.util.Map;
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

  /** Of the process: closing it with one store would take it from the others. */
  private static final Cache SHARED_CACHE = new LRUCache(SHARED_CACHE_BYTES);

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(SHARED_CACHE);
    options.setTableFormatConfig(table);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(WRITE_BUFFERS);
  }

  @Override
  public void close(String storeName, Options options) {
    // The cache is shared and stays.
  }
}
