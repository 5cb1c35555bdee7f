// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system of its own that others of the machine do not notice when it is full. Who may not
 * mount one skips the test.
 */
final class SmallDisk implements AutoCloseable {
  private static final int MEBIBYTES = 64;

  private final Path mounted;
  private final Path ballast;

  private SmallDisk(Path mounted) {
    this.mounted = mounted;
    this.ballast = mounted.resolve("ballast");
  }

  /** A disk at a directory, which is made. */
  static SmallDisk at(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + MEBIBYTES + "m", "pkgslo", directory.toString())
            == 0,
        "nobody may mount a file system here");
    return new SmallDisk(directory);
  }

  /** Until not a byte more is taken. */
  void fill() throws IOException {
    byte[] bytes = new byte[1 << 12];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(bytes);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  /** There is room again. */
  void free() throws IOException {
    Files.delete(ballast);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    // Lazily: whoever still has a file open on it keeps nobody from the end.
    assertThat(run("umount", "-l", mounted.toString())).isZero();
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
