// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.broker.BrokerProcess;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.standalone.demo.ApiClient;
import io.pkgslo.standalone.demo.DemoReport;
import io.pkgslo.standalone.demo.ReportJson;
import io.pkgslo.standalone.demo.ReportText;
import io.pkgslo.standalone.recording.RecordingMetadata;
import io.pkgslo.standalone.recording.RecordingReader;
import io.pkgslo.standalone.recording.ReplayState;
import io.pkgslo.standalone.recording.Replayer;
import io.pkgslo.standalone.recording.TimeShift;
import io.pkgslo.standalone.server.ServiceHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pkgslo demo}: a recorded rollout, through everything, to its verdict. */
@Command(
    name = "demo",
    description = {
      "Shows a recorded rollout being judged.",
      "Replays what real Go services sent, shifted to now, through a real Kafka and the three",
      "services, and prints what they make of it: packages, verdict, reason."
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo demo                     then stays up, with its URLs",
      "  pkgslo demo --once              ends with the verdict's exit code",
      "  pkgslo demo --once --innocent   a rollout without a fault",
      "  pkgslo demo --once --json | jq .verdicts",
      "",
      ExitCodes.TEXT
    })
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--once", description = "End with the verdict's exit code, do not stay up.")
  private boolean once;

  @Option(names = "--json", description = "Print one JSON document on standard output instead.")
  private boolean json;

  @Option(names = "--innocent", description = "Replay the rollout without a fault.")
  private boolean innocent;

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      description = "Replay this recording instead; see pkgslo record.")
  private @Nullable Path recording;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the data lives. Default: a temporary directory, deleted at the end.")
  private @Nullable Path dataDir;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      converter = PortConverter.class,
      description = "Port of the HTTP API; 0 for any free one. Default: 8080.")
  private int port;

  private final Console console;
  private final Clock clock;

  DemoCommand(Console console, Clock clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (innocent && recording != null) {
      throw new BadArgumentsException("expected --innocent or --recording, not both");
    }
    Path file = recording != null ? recording : bundled(innocent ? "innocent" : "faulty");
    if (!Files.isRegularFile(file)) {
      throw new BadArgumentsException("there is no recording " + file);
    }
    try (Cleanup cleanup = Cleanup.atExit()) {
      WorkDirectory directory = cleanup.add(WorkDirectory.open(dataDir));
      say("starting Kafka in %s", directory.path());
      BrokerProcess broker = cleanup.add(BrokerProcess.start(directory.path().resolve("kafka"), 0));
      Instant end = replay(file, directory.path(), broker.bootstrapServers());
      say("starting the services");
      rememberDuplicates();
      ServiceHost host =
          cleanup.add(
              ServiceHost.start(
                  new ServiceHost.Settings(
                      broker.bootstrapServers(),
                      directory.path().resolve("state"),
                      "127.0.0.1",
                      port)));
      ApiClient api = new ApiClient(host.base());
      DemoReport report = new VerdictWait(api, clock, this::say).until(end);
      if (json) {
        console.out().println(ReportJson.write(report));
      } else {
        console.out().print(ReportText.write(report));
      }
      console.out().flush();
      if (!once) {
        stayUp(host);
      }
      return exitCode(report);
    }
  }

  /** Returns the event time at which everything recorded is judged. */
  private Instant replay(Path file, Path directory, String kafka) throws IOException {
    try (RecordingReader reader = RecordingReader.open(file)) {
      RecordingMetadata metadata = reader.metadata();
      TimeShift shift = new ReplayState(directory).shiftFor(metadata, clock);
      say("replaying %d records: %s", metadata.records(), metadata.description());
      new Replayer(KafkaSettings.of(kafka)).replay(reader, shift, new Percentage(this::say));
      return Instant.ofEpochMilli(ReplayState.endOfLastLook(metadata) + shift.millis());
    }
  }

  private void stayUp(ServiceHost host) {
    say("running until it is interrupted (Ctrl-C):");
    for (String path : new String[] {"api/v1/packages", "api/v1/rollouts", "metrics", "q/health"}) {
      say("  %s", host.base().resolve(path));
    }
    host.ended().join();
  }

  /** The gravest verdict decides; without any rollout the answer is hold. */
  static int exitCode(DemoReport report) {
    return report.verdicts().stream()
        .mapToInt(
            v ->
                switch (v.verdict()) {
                  case "promote" -> ExitCodes.YES;
                  case "rollback" -> ExitCodes.ROLLBACK;
                  default -> ExitCodes.HOLD;
                })
        .max()
        .orElse(ExitCodes.HOLD);
  }

  private static Path bundled(String name) {
    // Set by the launcher; without it the working directory is taken for the source tree.
    return Path.of(System.getProperty("pkgslo.home", "."), "deploy", "recording", name + ".pkgrec");
  }

  /** A demo that is continued replays all again, maybe hours later. */
  private static void rememberDuplicates() {
    System.setProperty("pkgslo.analyzer.correlate.duplicate-horizon", "24h");
  }

  private void say(String format, Object... args) {
    console.err().printf("pkgslo: " + format + "%n", args);
  }
}
