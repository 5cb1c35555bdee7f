// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.live;

import io.pkgslo.alerts.objective.yaml.Problems;
import io.pkgslo.alerts.objective.yaml.YamlFiles;
import io.pkgslo.alerts.objective.yaml.YamlTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether files have changed: their names and bytes, since times of change can be equal. */
final class Fingerprint {
  private Fingerprint() {}

  /** Equal for equal files. What cannot be read counts as such. */
  static String of(Path path) {
    MessageDigest digest = sha256();
    for (Path file : YamlTree.files(path, new Problems())) {
      digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
      try (InputStream in = Files.newInputStream(file)) {
        // One byte more than is ever read tells a file that is too large.
        digest.update(in.readNBytes(YamlFiles.MOST_BYTES_PER_FILE + 1));
      } catch (IOException e) {
        digest.update((byte) 0);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
