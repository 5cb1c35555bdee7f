// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** A durable map on disk, in the database that the stores of a service use. */
final class RocksMap implements DurableMap, AutoCloseable {
  private final Options options = new Options().setCreateIfMissing(true);
  private final RocksDB database;

  RocksMap(Path directory) {
    try {
      Files.createDirectories(directory);
      database = RocksDB.open(options, directory.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    try {
      return database.get(key);
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void put(byte[] key, byte[] value) {
    try {
      database.put(key, value);
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void delete(byte[] key) {
    try {
      database.delete(key);
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void visit(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
    try (RocksIterator iterator = database.newIterator()) {
      for (iterator.seek(from);
          iterator.isValid() && Arrays.compareUnsigned(iterator.key(), to) < 0;
          iterator.next()) {
        visitor.accept(iterator.key(), iterator.value());
      }
    }
  }

  @Override
  public void close() {
    database.close();
    options.close();
  }
}
