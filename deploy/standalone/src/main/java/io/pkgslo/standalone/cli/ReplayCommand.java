// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.alerts.ledger.LedgerCheck;
import io.pkgslo.alerts.ledger.Replay;
import io.pkgslo.alerts.ledger.SealedRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pkgslo replay}: decisions made again from their records. */
@Command(
    name = "replay",
    description = {
      "Makes decisions again from their records in the ledger, bit for bit.",
      "Takes the id of a decision or of a rollout, or a file with one record per line."
    },
    footer = {
      "",
      "Examples:",
      "  pkgslo replay 6c0c0897-2dd4-38d9-9a48-9579aa6b54e1 --verify",
      "  pkgslo replay 6c0c0897-2dd4-38d9-9a48-9579aa6b54e1-3 --url http://pkgslo:8080",
      "  pkgslo replay ledger.ndjson --verify",
      "",
      "The address may also stand in PKGSLO_URL, a token in PKGSLO_TOKEN.",
      "A record that does not come out again, or that was changed, ends with 2.",
      ExitCodes.TEXT
    })
final class ReplayCommand implements Callable<Integer> {
  private static final Pattern ID =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(-\\d{1,18})?");

  @Parameters(paramLabel = "ID|FILE", description = "A decision, a rollout, or a file of records.")
  private String subject = "";

  @Option(
      names = "--verify",
      description = {
        "Also check text, hash, place in the chain and first state of each record, from the",
        "first record of the rollout on: one changed byte is found."
      })
  private boolean verify;

  @Mixin private final ServiceOptions pkgslo;

  private final Console console;

  ReplayCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.pkgslo = new ServiceOptions(environment);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> records = records();
    if (records.isEmpty()) {
      throw new BadArgumentsException(subject + ": no records");
    }
    int wrong = verify ? verify(records) : replay(records);
    console.out().flush();
    if (wrong > 0) {
      console.err().printf("pkgslo replay: %d of %d records are wrong%n", wrong, records.size());
      return ExitCodes.BAD_ARGUMENTS;
    }
    console
        .err()
        .printf(
            "pkgslo replay: %d records, %s%n",
            records.size(), verify ? "the chain is whole" : "the same decisions, bit for bit");
    return ExitCodes.YES;
  }

  private List<String> records() throws IOException, InterruptedException {
    Path file = file();
    if (file != null) {
      try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
        return lines.filter(line -> !line.isBlank()).toList();
      }
    }
    var matcher = ID.matcher(subject);
    if (!matcher.matches()) {
      throw new BadArgumentsException(
          subject + ": neither a file nor the id of a decision or rollout");
    }
    LedgerClient ledger = new LedgerClient(pkgslo.base(), pkgslo.token());
    String number = matcher.group(2);
    if (number == null) {
      return ledger.chain(matcher.group(1));
    }
    if (!verify) {
      return List.of(ledger.decision(subject));
    }
    List<String> chain = ledger.chain(matcher.group(1));
    long length = Long.parseLong(number.substring(1)) + 1;
    if (length > chain.size()) {
      throw new BadArgumentsException(subject + ": the rollout has " + chain.size() + " records");
    }
    return chain.subList(0, (int) length);
  }

  private @Nullable Path file() {
    try {
      Path path = Path.of(subject);
      return Files.isRegularFile(path) ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private int replay(List<String> records) {
    int wrong = 0;
    for (String json : records) {
      try {
        SealedRecord sealed = SealedRecord.parse(json);
        Replay replay = Replay.of(sealed.record());
        boolean same = replay.confirms(sealed.record());
        wrong += same ? 0 : 1;
        say(sealed, same ? "same" : "DIFFERENT: " + replay.decision().reason());
      } catch (RuntimeException e) {
        // A forged record may hold what no judge ever writes.
        wrong++;
        console.out().println("unreadable: " + e.getMessage());
      }
    }
    return wrong;
  }

  private int verify(List<String> records) {
    LedgerCheck check = new LedgerCheck();
    int wrong = 0;
    for (String json : records) {
      List<LedgerCheck.Finding> findings = check.next(json);
      if (findings.isEmpty()) {
        say(SealedRecord.parse(json), "true");
      } else {
        wrong++;
        for (LedgerCheck.Finding finding : findings) {
          console
              .out()
              .printf(
                  "record %d%s: %s: %s%n",
                  finding.position(),
                  finding.decisionId() == null ? "" : " (" + finding.decisionId() + ")",
                  finding.problem().wireName(),
                  finding.detail());
        }
      }
    }
    return wrong;
  }

  private void say(SealedRecord sealed, String result) {
    console
        .out()
        .printf(
            "%s %s: %s%n",
            sealed.record().decisionId(), result, sealed.record().decision().reason());
  }
}
