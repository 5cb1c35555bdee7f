// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.standalone.dlq.DeadLetter;
import io.pkgslo.standalone.dlq.DeadLetterReplay;
import io.pkgslo.standalone.dlq.DeadLetters;
import io.pkgslo.standalone.dlq.LetterFilter;
import io.pkgslo.standalone.dlq.LetterPlace;
import io.pkgslo.standalone.dlq.LetterText;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pkgslo dlq}: what became of records that could not be read. */
@Command(
    name = "dlq",
    description = {
      "Dead letters: list them, show one, or send them to their topics again.",
      "A replay sends each letter at most once, however often it is run."
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo dlq list --kafka kafka:9092 --topic otlp_spans --reason truncated",
      "  pkgslo dlq show otlp_spans.dlq-0@17 --kafka kafka:9092",
      "  pkgslo dlq replay --kafka kafka:9092 --reason too-large --limit 100",
      "",
      ExitCodes.TEXT
    })
final class DlqCommand implements Callable<Integer> {
  enum Action {
    LIST,
    SHOW,
    REPLAY
  }

  @Parameters(index = "0", paramLabel = "ACTION", description = "list, show or replay.")
  private Action action = Action.LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PLACE",
      description = "For show: where the letter stands, such as otlp_spans.dlq-0@17.")
  private @Nullable String place;

  @Option(
      names = "--kafka",
      required = true,
      paramLabel = "HOST:PORT",
      converter = HostPortConverter.class,
      description = "The cluster to use.")
  private String kafka = "";

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Letters of this topic, with or without .dlq; may be repeated. Default: all.")
  private List<String> topics = List.of();

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Letters put aside for this reason; may be repeated. Default: all.")
  private List<String> reasons = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many letters. Default: no limit.")
  private @Nullable Long limit;

  @Option(names = "--json", description = "Write JSON lines.")
  private boolean json;

  private final Console console;

  DlqCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return switch (action) {
      case LIST -> list();
      case SHOW -> show();
      case REPLAY -> replay();
    };
  }

  private int list() {
    LetterFilter filter = filter();
    long[] listed = {0};
    try (DeadLetters letters = new DeadLetters(KafkaSettings.configured(kafka))) {
      letters.visit(
          filter,
          (letter, replayed) -> {
            listed[0]++;
            console
                .out()
                .println(
                    json
                        ? LetterText.json(letter, replayed, false)
                        : LetterText.line(letter, replayed));
            return true;
          });
    }
    console.err().println(listed[0] == 1 ? "1 dead letter" : listed[0] + " dead letters");
    return ExitCodes.YES;
  }

  private int show() {
    LetterPlace wanted = place();
    try (DeadLetters letters = new DeadLetters(KafkaSettings.configured(kafka))) {
      DeadLetter letter = letters.at(wanted);
      if (letter == null) {
        throw new IllegalStateException("there is no dead letter at " + wanted);
      }
      if (json) {
        console.out().println(LetterText.json(letter, letters.isReplayed(wanted), true));
      } else {
        console.out().print(LetterText.page(letter));
        console.out().flush();
      }
    }
    return ExitCodes.YES;
  }

  private LetterPlace place() {
    if (place == null) {
      throw new BadArgumentsException("show wants a place, such as otlp_spans.dlq-0@17");
    }
    try {
      return LetterPlace.parse(place);
    } catch (IllegalArgumentException e) {
      throw new BadArgumentsException(String.valueOf(e.getMessage()));
    }
  }

  private int replay() {
    DeadLetterReplay.Result result =
        new DeadLetterReplay(KafkaSettings.configured(kafka)).replay(filter());
    if (json) {
      JsonObject replayed = new JsonObject();
      result.replayed().forEach(replayed::put);
      console
          .out()
          .println(
              new JsonObject(
                      Map.of(
                          "read",
                          result.received(),
                          "replayed",
                          replayed,
                          "replayedBefore",
                          result.before(),
                          "truncated",
                          result.truncated(),
                          "passedOver",
                          result.passedOver()))
                  .encode());
      return ExitCodes.YES;
    }
    result.replayed().forEach((topic, count) -> console.out().println(topic + "  " + count));
    console
        .err()
        .printf(
            "%d read: %d sent again, %d had been before, %d stay because their value was cut,"
                + " %d were not asked for%n",
            result.received(),
            result.total(),
            result.before(),
            result.truncated(),
            result.passedOver());
    return ExitCodes.YES;
  }

  private LetterFilter filter() {
    if (place != null) {
      throw new BadArgumentsException(
          "only show wants a place; list and replay take --topic, --reason and --limit");
    }
    long most = limit == null ? Long.MAX_VALUE : limit;
    if (most < 1) {
      throw new BadArgumentsException("--limit: expected 1 or more, not " + most);
    }
    return new LetterFilter(Set.copyOf(topics), Set.copyOf(reasons), most);
  }
}
