// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.alerts.judge.JudgeFile;
import io.pkgslo.alerts.judge.JudgeFileOptions;
import io.pkgslo.alerts.judge.LookFileException;
import io.pkgslo.alerts.judge.Policy;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pkgslo judge}: looks from a file, judged by the code that the service runs. */
@Command(
    name = "judge",
    description = {
      "Judges looks from a file, with the code that the service uses.",
      "CSV with a header, or JSON lines, with the columns",
      "[rollout,]look,package,sli,canary_events,canary_calls,baseline_events,baseline_calls[,phi]"
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo judge looks.csv",
      "  pkgslo judge --final --alpha 0.05 thousands-of-rollouts.csv",
      "",
      ExitCodes.TEXT
    })
final class JudgeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The file of looks.")
  private Path file = Path.of("");

  @Option(
      names = "--alpha",
      paramLabel = "P",
      description = "Probability that an innocent release is ever rolled back. Default: 0.01.")
  private double alpha = Policy.DEFAULT.alpha();

  @Option(
      names = "--beta",
      paramLabel = "P",
      description = "Probability that a bound ever excludes the true ratio. Default: 0.05.")
  private double beta = Policy.DEFAULT.beta();

  @Option(
      names = "--delta",
      paramLabel = "RATIO",
      description = "Ratio of rates up to which a canary is innocent. Default: 1.")
  private double delta = Policy.DEFAULT.delta();

  @Option(
      names = "--delta-max",
      paramLabel = "RATIO",
      description = "Ratio of rates that a promotion by proof rules out. Default: 2.")
  private double deltaMax = Policy.DEFAULT.deltaMax();

  @Option(
      names = "--min-calls",
      paramLabel = "N",
      description = "Canary calls from which on a promotion by policy is possible. Default: 10000.")
  private double minCalls = Policy.DEFAULT.minCalls();

  @Option(
      names = "--weights",
      paramLabel = "W",
      description = {
        "Parts of alpha: one number for every series, or NAME=NUMBER[,...] where a name is",
        "package:sli, package, sli or *. Default: equal parts."
      })
  private String weights = "";

  @Option(names = "--json", description = "Write JSON lines instead of CSV.")
  private boolean json;

  @Option(names = "--final", description = "One line per rollout: rollout,verdict,look,log_e.")
  private boolean finalOnly;

  private final Console console;

  JudgeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return new JudgeFile(options()).judge(in, console.out()).exitCode();
    } catch (NoSuchFileException e) {
      throw new BadArgumentsException(file + ": no such file");
    } catch (LookFileException e) {
      throw new BadArgumentsException(file + ": " + e.getMessage());
    } finally {
      console.out().flush();
    }
  }

  private JudgeFileOptions options() {
    try {
      Policy policy =
          JudgeFileOptions.DEFAULT.policy().toBuilder()
              .alpha(alpha)
              .beta(beta)
              .delta(delta)
              .deltaMax(deltaMax)
              .minCalls(minCalls)
              .build();
      Map<String, Double> parts =
          weights.isBlank() ? Map.of() : JudgeFileOptions.parseWeights(weights);
      return new JudgeFileOptions(policy, parts, json, finalOnly);
    } catch (IllegalArgumentException e) {
      throw new BadArgumentsException(String.valueOf(e.getMessage()));
    }
  }
}
