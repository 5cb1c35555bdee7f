// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.broker.BrokerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pkgslo broker}: only the broker, for a Collector and services that run elsewhere. */
@Command(
    name = "broker",
    description = {
      "Runs only a real Apache Kafka broker, on 127.0.0.1, until interrupted.",
      "Prints \"listening on 127.0.0.1:PORT\" when it takes requests."
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo broker                       a throw-away broker on any free port",
      "  pkgslo broker --data-dir .pkgslo/kafka --port 9092",
      "",
      ExitCodes.TEXT
    })
final class BrokerCommand implements Callable<Integer> {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the data lives. Default: a temporary directory, deleted at the end.")
  private @Nullable Path dataDir;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      converter = PortConverter.class,
      description = "Port to listen on; 0, the default, for the last one of DIR or any free one.")
  private int port;

  @Option(
      names = "--retention",
      paramLabel = "DURATION",
      defaultValue = "7d",
      converter = DurationConverter.class,
      description = "How long records are kept, e.g. 90m, 24h, 7d. Default: 7d.")
  private Duration retention = Duration.ofDays(7);

  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description = "A broker setting of Apache Kafka; may be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

  private final Console console;

  BrokerCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (Cleanup cleanup = Cleanup.atExit()) {
      WorkDirectory directory = cleanup.add(WorkDirectory.open(dataDir));
      BrokerProcess.Builder builder =
          BrokerProcess.builder(directory.path())
              .port(port)
              .property("log.retention.ms", Long.toString(retention.toMillis()));
      properties.forEach(builder::property);
      BrokerProcess broker = cleanup.add(builder.start());
      console.out().println("listening on " + broker.bootstrapServers());
      int code = broker.onExit().join();
      if (code == 0) {
        return ExitCodes.YES;
      }
      throw new IllegalStateException("the broker's process ended with code " + code);
    }
  }
}
