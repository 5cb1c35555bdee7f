// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pkgslo gate}: the verdict about a release as an exit code, for any pipeline. */
@Command(
    name = "gate",
    description = {
      "Asks a running pkgslo whether a release may go on, and ends with the verdict's exit code.",
      "With --wait it asks until the answer is promote or rollback, or time is up."
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo gate --service shop/checkout --version v1.5.0",
      "  pkgslo gate --service shop/checkout --version v1.5.0 --wait 30m --url http://pkgslo:8080",
      "",
      "The address may also stand in PKGSLO_URL, a token in PKGSLO_TOKEN.",
      "",
      ExitCodes.TEXT
    })
final class GateCommand implements Callable<Integer> {
  private static final String DEFAULT_URL = "http://127.0.0.1:8080";
  private static final Duration PAUSE = Duration.ofSeconds(5);

  @Option(
      names = "--service",
      paramLabel = "NAME",
      required = true,
      description = "The service, namespace/name where it has a namespace.")
  private String service = "";

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      required = true,
      description = "The version that is being released.")
  private String version = "";

  @Option(
      names = "--baseline",
      paramLabel = "VERSION",
      description = "The version that it is compared with. Default: any.")
  private @Nullable String baseline;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Ask again while the answer is hold, at most this long. Default: ask once.")
  private Duration patience = Duration.ZERO;

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

  @Option(names = "--json", description = "Print the answer as one JSON document.")
  private boolean json;

  private final Console console;
  private final Clock clock;
  private final Map<String, String> environment;

  GateCommand(Console console, Clock clock, Map<String, String> environment) {
    this.console = console;
    this.clock = clock;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    GateClient client =
        new GateClient(
            base(), given("--service", service), given("--version", version), baseline, token());
    GateWait wait =
        new GateWait(
            clock, PAUSE, (format, args) -> console.err().println(String.format(format, args)));
    GateClient.Answer answer = wait.until(patience, client::ask);
    console.out().println(json ? answer.json() : answer.reason());
    console.out().flush();
    return answer.exitCode();
  }

  private static String given(String option, String value) {
    if (value.isBlank()) {
      throw new BadArgumentsException(option + ": expected a name, not nothing");
    }
    return value;
  }

  private URI base() {
    String fromEnvironment = environment.get("PKGSLO_URL");
    String address = url != null ? url : fromEnvironment != null ? fromEnvironment : DEFAULT_URL;
    try {
      URI base = URI.create(address);
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

  private @Nullable String token() throws IOException {
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
