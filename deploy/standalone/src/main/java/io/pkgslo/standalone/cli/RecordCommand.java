// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.standalone.recording.Recorder;
import io.pkgslo.standalone.recording.RecordingMetadata;
import io.pkgslo.standalone.recording.RecordingMetadata.Expected;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pkgslo record}: what stands on the OTLP topics, into a file. */
@Command(
    name = "record",
    description = {
      "Writes what stands on the OTLP topics of a cluster into a recording.",
      "Keys, values, headers, timestamps and partitions stay as they are."
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo record --kafka 127.0.0.1:9092 --out rollout.pkgrec --name rollout",
      "  pkgslo record --kafka 127.0.0.1:9092 --out rollout.pkgrec --name rollout \\",
      "    --expect verdict=rollback --expect service=shop/checkout --expect version=v1.5.0 \\",
      "    --expect baseline=v1.4.0 --expect package=example.com/shop/pricing",
      "",
      ExitCodes.TEXT
    })
final class RecordCommand implements Callable<Integer> {
  private static final Set<String> EXPECTATIONS =
      Set.of("verdict", "service", "version", "baseline", "package");

  @Option(
      names = "--kafka",
      required = true,
      paramLabel = "HOST:PORT",
      converter = HostPortConverter.class,
      description = "The cluster to read from.")
  private String kafka = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file to write; replaced where it exists.")
  private Path out = Path.of("");

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "Short name, under which replays remember their shift in time.")
  private String name = "";

  @Option(names = "--description", paramLabel = "TEXT", description = "One sentence for people.")
  private String description = "";

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "A topic to record; may be repeated. Default: the three OTLP topics.")
  private List<String> topics = List.of();

  @Option(
      names = "--expect",
      paramLabel = "KEY=VALUE",
      description = {
        "What a judge should make of it; may be repeated.",
        "Keys: verdict, service, version, baseline, package."
      })
  private Map<String, String> expected = new LinkedHashMap<>();

  private final Console console;

  RecordCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (!EXPECTATIONS.containsAll(expected.keySet())) {
      throw new BadArgumentsException(
          "--expect knows the keys verdict, service, version, baseline and package, not "
              + expected.keySet());
    }
    if (name.isBlank()) {
      throw new BadArgumentsException("--name wants a name");
    }
    RecordingMetadata metadata =
        new Recorder(KafkaSettings.of(kafka))
            .record(
                topics.isEmpty() ? Topics.otlp() : topics,
                new Recorder.Title(name, description, expectation()),
                out);
    console
        .out()
        .printf(
            "%s: %d records from %s to %s%n",
            out,
            metadata.records(),
            Instant.ofEpochMilli(metadata.startMillis()),
            Instant.ofEpochMilli(metadata.endMillis()));
    return ExitCodes.YES;
  }

  private @Nullable Expected expectation() {
    if (expected.isEmpty()) {
      return null;
    }
    return new Expected(
        expected.getOrDefault("verdict", "any"),
        expected.getOrDefault("service", ""),
        expected.getOrDefault("version", ""),
        expected.getOrDefault("baseline", ""),
        expected.get("package"));
  }
}
