// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Objectives;
import io.pkgslo.broker.BrokerProcess;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.standalone.otlp.OtlpReceiver;
import io.pkgslo.standalone.server.ServiceHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pkgslo up}: everything in one command, for services that send OTLP here. */
@Command(
    name = "up",
    description = {
      "Runs everything: the three services, an OTLP receiver and Kafka.",
      "Ends when it is interrupted. With --kafka it uses that cluster and starts no broker."
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo up --data-dir .pkgslo     point OTEL_EXPORTER_OTLP_ENDPOINT at http://localhost:4318",
      "  pkgslo up --kafka kafka:9092     read what a Collector writes there",
      "  pkgslo up --objectives slo/      with objectives of your own",
      "",
      ExitCodes.TEXT
    })
final class UpCommand implements Callable<Integer> {
  private static final Duration RETENTION = Duration.ofDays(1);

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      converter = HostPortConverter.class,
      description = "A cluster to use. Default: a broker of its own.")
  private @Nullable String kafka;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the data lives. Default: a temporary directory, deleted at the end.")
  private @Nullable Path dataDir;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on. Default: 127.0.0.1, this machine only.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      converter = PortConverter.class,
      description = "Port of the HTTP API; 0 for any free one. Default: 8080.")
  private int port;

  @Option(
      names = "--otlp-http-port",
      paramLabel = "PORT",
      defaultValue = "4318",
      converter = PortConverter.class,
      description = "Port of OTLP over HTTP; 0 for any free one. Default: 4318.")
  private int otlpHttpPort;

  @Option(
      names = "--otlp-grpc-port",
      paramLabel = "PORT",
      defaultValue = "4317",
      converter = PortConverter.class,
      description = "Port of OTLP over gRPC; 0 for any free one. Default: 4317.")
  private int otlpGrpcPort;

  @Option(
      names = "--objectives",
      paramLabel = "DIR",
      description = "Directory or file of objectives. Default: those built in.")
  private @Nullable Path objectives;

  private final Console console;

  UpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (objectives != null) {
      useObjectives(objectives);
    }
    try (Cleanup cleanup = Cleanup.atExit()) {
      WorkDirectory directory = cleanup.add(WorkDirectory.open(dataDir));
      String bootstrap = kafka != null ? kafka : startBroker(cleanup, directory.path());
      ServiceHost services =
          cleanup.add(
              ServiceHost.start(
                  new ServiceHost.Settings(
                      bootstrap, directory.path().resolve("state"), host, port)));
      OtlpReceiver receiver =
          cleanup.add(
              OtlpReceiver.start(
                  services.vertx(),
                  KafkaSettings.configured(bootstrap),
                  new OtlpReceiver.Settings(
                      host,
                      otlpHttpPort,
                      otlpGrpcPort,
                      OtlpReceiver.Settings.DEFAULT.maxBodyBytes()),
                  services.registry()));
      console.out().println("kafka      " + bootstrap);
      console.out().println("otlp/http  http://" + host + ":" + receiver.httpPort());
      console.out().println("otlp/grpc  http://" + host + ":" + receiver.grpcPort());
      console.out().println("api        " + services.base().resolve("api/v1/packages"));
      console.out().println("metrics    " + services.base().resolve("metrics"));
      console.out().println("health     " + services.base().resolve("q/health"));
      return services.ended().join();
    }
  }

  /** Checks them before anything starts, so that a typo costs no broker. */
  private static void useObjectives(Path path) {
    Objectives read = ObjectiveFiles.read(path);
    if (!read.isValid()) {
      throw new BadArgumentsException("--objectives is not valid:\n" + read.report());
    }
    System.setProperty("pkgslo.alerts.objectives", path.toAbsolutePath().toString());
  }

  private static String startBroker(Cleanup cleanup, Path directory) {
    BrokerProcess broker =
        cleanup.add(
            BrokerProcess.builder(directory.resolve("kafka"))
                .property("log.retention.ms", Long.toString(RETENTION.toMillis()))
                .start());
    return broker.bootstrapServers();
  }
}
