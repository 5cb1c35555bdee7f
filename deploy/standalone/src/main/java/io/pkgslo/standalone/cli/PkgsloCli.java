// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code pkgslo}: the commands and what they have in common.
 *
 * <p>A plain main on purpose: Quarkus starts only inside the commands that serve something, so that
 * a command that reads two files answers at once.
 */
@Command(
    name = "pkgslo",
    description = "Watches Go services at the grain of the package, and judges their rollouts.",
    footer = {
      "",
      "Examples:",
      "  pkgslo demo                    see a recorded rollout judged",
      "  pkgslo up --data-dir .pkgslo   run everything, and send OTLP to port 4318",
      "  pkgslo help demo",
      "",
      ExitCodes.TEXT
    })
public final class PkgsloCli implements Callable<Integer> {
  private final Console console;

  private PkgsloCli(Console console) {
    this.console = console;
  }

  /** Runs one command and exits with its code. */
  public static void main(String... args) {
    System.exit(commandLine(Console.system()).execute(args));
  }

  /** The whole command line, ready to execute. */
  static CommandLine commandLine(Console console) {
    CommandLine root = new CommandLine(new PkgsloCli(console));
    for (Object command :
        List.of(
            new DemoCommand(console, Clock.systemUTC()),
            new UpCommand(console),
            new RulesCommand(console, Clock.systemUTC()),
            new JudgeCommand(console),
            new ReplayCommand(console, System.getenv()),
            new GateCommand(console, Clock.systemUTC(), System.getenv()),
            new ExplainCommand(console),
            new BrokerCommand(console),
            new RecordCommand(console),
            new DlqCommand(console),
            new ValidateCommand(console),
            new ImportCommand(console),
            new MetricsCommand(console))) {
      root.addSubcommand(withHelp(new CommandLine(command)));
    }
    return withHelp(root)
        .addSubcommand(new HelpCommand())
        .setOut(console.out())
        .setErr(console.err())
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, command, args) -> explain(failure, command));
  }

  private static CommandLine withHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build());
    return command;
  }

  /** Without a command there is nothing to do but to say which ones exist. */
  @Override
  public Integer call() {
    console.err().println("pkgslo: expected a command");
    commandLine(console).usage(console.err());
    return ExitCodes.BAD_ARGUMENTS;
  }

  private static int explain(Exception failure, CommandLine command) {
    String message = failure.getMessage();
    command
        .getErr()
        .println(
            command.getCommandSpec().qualifiedName()
                + ": "
                + (message == null ? failure.toString() : message));
    if (System.getenv("PKGSLO_DEBUG") != null) {
      failure.printStackTrace(command.getErr());
    }
    return failure instanceof BadArgumentsException
        ? ExitCodes.BAD_ARGUMENTS
        : ExitCodes.COULD_NOT_ASK;
  }
}
