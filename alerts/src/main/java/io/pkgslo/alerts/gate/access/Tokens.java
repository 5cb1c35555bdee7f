// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The bearer tokens of this installation, from settings and from a file that is read again when it
 * changes, as a mounted secret does. A changed file that cannot be read leaves the former tokens in
 * force and is logged. Thread-safe.
 */
final class Tokens {
  private static final Logger LOG = Logger.getLogger(Tokens.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final List<Token> fixed;
  private final @Nullable Path file;
  private final Clock clock;
  private volatile List<Token> fromFile = List.of();
  private volatile long lookedMillis;
  private @Nullable FileTime readAt;

  /**
   * @param entries {@code name:role:token}
   * @param file one entry per line; blank lines and those that begin with # say nothing
   * @throws IllegalArgumentException if an entry is not understood
   */
  Tokens(List<String> entries, @Nullable Path file, Clock clock) {
    List<Token> parsed = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      parsed.add(Token.parse(entries.get(i), "pkgslo.alerts.security.tokens[" + i + "]"));
    }
    this.fixed = List.copyOf(parsed);
    this.file = file;
    this.clock = clock;
    if (file != null) {
      this.lookedMillis = clock.millis();
      readFile(file);
    }
  }

  /** Whose token {@code presented} is; null when it is nobody's. */
  @Nullable Caller find(String presented) {
    lookAtFile();
    byte[] hash = Token.hash(presented);
    Caller found = null;
    // To the end: the time must not tell how many tokens stand before the one that fits.
    for (List<Token> tokens : List.of(fixed, fromFile)) {
      for (Token token : tokens) {
        if (token.matches(hash) && found == null) {
          found = token.caller();
        }
      }
    }
    return found;
  }

  boolean isEmpty() {
    return fixed.isEmpty() && fromFile.isEmpty();
  }

  private void lookAtFile() {
    long now = clock.millis();
    if (file == null || now - lookedMillis < LOOK_EVERY.toMillis()) {
      return;
    }
    lookedMillis = now;
    try {
      readFile(file);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      LOG.errorf("the former tokens stay in force: %s", e.getMessage());
    }
  }

  private synchronized void readFile(Path path) {
    try {
      FileTime modified = Files.getLastModifiedTime(path);
      if (modified.equals(readAt)) {
        return;
      }
      List<String> lines = Files.readAllLines(path);
      List<Token> tokens = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).trim();
        if (!line.isEmpty() && !line.startsWith("#")) {
          tokens.add(Token.parse(line, path + ":" + (i + 1)));
        }
      }
      fromFile = List.copyOf(tokens);
      readAt = modified;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
