// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files of {@code src/test/resources/go-1.26}. */
final class Recordings {
  private static final String FOLDER = "/go-1.26/";

  private Recordings() {}

  static boolean exists(String file) {
    return Recordings.class.getResource(FOLDER + file) != null;
  }

  static String read(String file) {
    try (InputStream in = Recordings.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalArgumentException(file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
