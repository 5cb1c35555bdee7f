// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where a running pkgslo is and with which token it is asked: the same options for every command
 * that speaks HTTP. There is no option for the token itself, since arguments are seen by everybody
 * on the machine.
 */
final class ServiceOptions {
  private static final String DEFAULT_URL = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where pkgslo is. Default: PKGSLO_URL, else " + DEFAULT_URL + ".")
  private @Nullable String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with a token, where reading is closed. Default: PKGSLO_TOKEN.")
  private @Nullable Path tokenFile;

  private final Map<String, String> environment;

  ServiceOptions(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * The address, ending with a slash.
   *
   * @throws BadArgumentsException if it is none
   */
  URI base() {
    String fromEnvironment = environment.get("PKGSLO_URL");
    String address = url != null ? url : fromEnvironment != null ? fromEnvironment : DEFAULT_URL;
    try {
      URI base = URI.create(address.endsWith("/") ? address : address + "/");
      String scheme = String.valueOf(base.getScheme());
      if ((scheme.equals("http") || scheme.equals("https"))
          && base.getHost() != null
          && base.getQuery() == null
          && base.getUserInfo() == null) {
        return base;
      }
    } catch (IllegalArgumentException e) {
      // Said below, together with the other ways to be wrong.
    }
    throw new BadArgumentsException(
        "expected an address such as https://pkgslo:8080, not '" + address + "'");
  }

  /**
   * The token; null where none is given.
   *
   * @throws BadArgumentsException if the file holds none
   */
  @Nullable String token() throws IOException {
    if (tokenFile == null) {
      String token = environment.get("PKGSLO_TOKEN");
      return token == null || token.isBlank() ? null : token.trim();
    }
    try {
      String token = Files.readString(tokenFile).trim();
      if (token.isEmpty() || token.contains("\n")) {
        throw new BadArgumentsException(tokenFile + ": expected one line with a token");
      }
      return token;
    } catch (NoSuchFileException e) {
      throw new BadArgumentsException(tokenFile + ": no such file");
    }
  }
}
