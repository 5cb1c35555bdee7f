// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private final ServiceOptions pkgslo;

  @Option(names = "--json", description = "Print the answer as one JSON document.")
  private boolean json;

  private final Console console;
  private final Clock clock;

  GateCommand(Console console, Clock clock, Map<String, String> environment) {
    this.console = console;
    this.clock = clock;
    this.pkgslo = new ServiceOptions(environment);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    GateClient client =
        new GateClient(
            pkgslo.base(),
            given("--service", service),
            given("--version", version),
            baseline,
            pkgslo.token());
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
}
