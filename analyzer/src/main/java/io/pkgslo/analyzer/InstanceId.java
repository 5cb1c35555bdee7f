// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Name of an instance in its consumer group, kept in its state directory: an instance that was
 * killed and comes back takes the place of its former self at once, instead of waiting until the
 * group has given that one up.
 */
final class InstanceId {
  private static final String FILE = "instance-id";

  private InstanceId() {}

  /**
   * The name that {@code directory} remembers, or a new one.
   *
   * @throws UncheckedIOException when the directory cannot be used
   */
  static String of(Path directory) {
    try {
      Files.createDirectories(directory);
      Path file = directory.resolve(FILE);
      try {
        return UUID.fromString(Files.readString(file, StandardCharsets.UTF_8).strip()).toString();
      } catch (NoSuchFileException | IllegalArgumentException e) {
        // New, or half written by one that was killed.
        String id = UUID.randomUUID().toString();
        Files.writeString(file, id, StandardCharsets.UTF_8);
        return id;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("state directory " + directory + " cannot be used", e);
    }
  }
}
