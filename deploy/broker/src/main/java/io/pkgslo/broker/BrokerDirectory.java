// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.OptionalInt;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;
import org.jspecify.annotations.Nullable;

/**
 * A broker's data directory, owned by one process at a time.
 *
 * <p>It holds Kafka's own files under {@code log/}, the port that clients already know in {@code
 * port}, and {@code lock}, which the operating system releases when its holder dies, however it
 * dies. Kafka locks its log directory too, but only after seconds of start-up work and with a
 * message that does not say who holds it.
 */
final class BrokerDirectory implements AutoCloseable {
  private static final long RETRY_MILLIS = 50;

  private final Path directory;
  private final FileChannel channel;
  private final FileLock lock;

  private BrokerDirectory(Path directory, FileChannel channel, FileLock lock) {
    this.directory = directory;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Opens and locks a directory, creating it where missing.
   *
   * @param wait how long to wait for another process to let go of it; a broker whose parent was
   *     killed needs a moment to notice
   * @throws BrokerException if the directory cannot be written or stays locked
   */
  static BrokerDirectory open(Path directory, Duration wait) {
    try {
      Files.createDirectories(directory.resolve("log"));
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = lock(directory, channel, wait);
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
          0);
      return new BrokerDirectory(directory, channel, lock);
    } catch (IOException e) {
      throw new BrokerException("cannot use " + directory + " as data directory: " + e, e);
    }
  }

  Path logDirectory() {
    return directory.resolve("log");
  }

  /** The port of the last run; empty for a new directory. */
  OptionalInt rememberedPort() {
    try {
      int port = Integer.parseInt(Files.readString(directory.resolve("port")).strip());
      return port > 0 && port < 65536 ? OptionalInt.of(port) : OptionalInt.empty();
    } catch (IOException | NumberFormatException e) {
      // Absent or damaged: any free port serves, the file is written anew.
      return OptionalInt.empty();
    }
  }

  void rememberPort(int port) {
    try {
      Path next = directory.resolve("port.new");
      Files.writeString(next, port + "\n");
      Files.move(next, directory.resolve("port"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new BrokerException("cannot write the port file in " + directory + ": " + e, e);
    }
  }

  @Override
  public void close() {
    try (channel) {
      lock.release();
    } catch (IOException e) {
      throw new BrokerException("cannot release the lock of " + directory + ": " + e, e);
    }
  }

  private static FileLock lock(Path directory, FileChannel channel, Duration wait)
      throws IOException {
    Timer timer = Time.SYSTEM.timer(wait.toMillis());
    while (true) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      if (timer.isExpired()) {
        String holder = holder(directory);
        channel.close();
        throw new BrokerException(
            "data directory "
                + directory
                + " is in use by "
                + holder
                + "; stop it, or choose another directory");
      }
      timer.sleep(RETRY_MILLIS);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      // Past any content, so that others can read the holder's process id where locks are binding.
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    }
  }

  private static String holder(Path directory) {
    try {
      String pid = Files.readString(directory.resolve("lock")).strip();
      return pid.isEmpty() ? "another process" : "process " + pid;
    } catch (IOException e) {
      return "another process";
    }
  }
}
