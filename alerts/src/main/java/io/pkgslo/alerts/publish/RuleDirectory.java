// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.publish;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The rule file in a directory that Prometheus reads. A reader sees the old file or the new one.
 */
final class RuleDirectory {
  /** Its name in the directory. */
  static final String FILE = "pkgslo-rules.yaml";

  private final Path file;
  private final Path next;

  RuleDirectory(Path directory) {
    this.file = directory.resolve(FILE);
    // The same directory, so that the rename stays within a file system; no *.yaml, so that nobody
    // takes it for rules.
    this.next = directory.resolve("." + FILE + ".next");
  }

  /** Returns false when the file says the same already. */
  boolean write(String rules) throws IOException {
    byte[] bytes = rules.getBytes(StandardCharsets.UTF_8);
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return false;
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(next, bytes);
    try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }
}
