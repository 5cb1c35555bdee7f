// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The directory that a command keeps its data in: the user's, or one that goes with the process.
 */
final class WorkDirectory implements AutoCloseable {
  private final Path path;
  private final boolean temporary;

  private WorkDirectory(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  /**
   * @param given the user's choice, created where missing; a temporary directory if null
   */
  static WorkDirectory open(@Nullable Path given) throws IOException {
    return given == null
        ? new WorkDirectory(Files.createTempDirectory("pkgslo-"), true)
        : new WorkDirectory(Files.createDirectories(given.toAbsolutePath().normalize()), false);
  }

  Path path() {
    return path;
  }

  /** Deletes a temporary directory; leaves the user's alone. */
  @Override
  public void close() throws IOException {
    if (temporary && Files.exists(path)) {
      Files.walkFileTree(path, new Deletion());
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
