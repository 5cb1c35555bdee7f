// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.golang.log.LogWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Output of the programs in {@code deploy/go/crashes}, with Go 1.26, as plain and trimmed builds
 * and with two GOTRACEBACK levels. What to expect follows from the programs.
 */
class RecordingsTest {
  private static final List<String> BUILDS = List.of("plain", "trim", "crash", "all");

  record Recording(
      String file,
      String blamedPackage,
      String kind,
      boolean recovered,
      boolean init,
      @Nullable String message) {
    @Override
    public String toString() {
      return file;
    }
  }

  static List<Recording> recordings() {
    List<Recording> found = new ArrayList<>();
    for (String line : Recordings.read("expected.tsv").split("\n")) {
      String[] columns = line.split("\t", -1);
      if (columns.length < 2 || columns[0].equals("case")) {
        continue;
      }
      boolean oneBuild = columns[0].indexOf('.') > 0;
      for (String build : oneBuild ? List.of("") : BUILDS) {
        String file = oneBuild ? columns[0] + ".txt" : columns[0] + "." + build + ".txt";
        if (Recordings.exists(file)) {
          boolean panic = columns.length >= 5;
          found.add(
              new Recording(
                  file,
                  columns[1],
                  panic ? columns[2] : "",
                  panic && Boolean.parseBoolean(columns[3]),
                  panic && Boolean.parseBoolean(columns[4]),
                  columns.length > 5 ? columns[5] : null));
        }
      }
    }
    return found;
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void wholeText(Recording recording) {
    assertMatches(recording, PanicText.find(Recordings.read(recording.file())));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void lineByLineShuffledAndStripped(Recording recording) {
    String text = Recordings.read(recording.file());
    if (LogWrapper.isJson(text)) {
      return; // a structured record is PanicText's
    }
    for (int seed = 0; seed < 6; seed++) {
      List<Integer> order = new ArrayList<>();
      String[] lines = text.split("\n");
      for (int i = 0; i < lines.length; i++) {
        order.add(i);
      }
      if (seed > 0) {
        Collections.shuffle(order, new Random(seed));
      }
      CrashAutomaton automaton = new CrashAutomaton();
      List<GoEvent> events = new ArrayList<>();
      for (int i : order) {
        // Of a forged dump nothing tells where the runtime's own is missing and tabs are gone.
        boolean kept = seed % 2 == 0 || recording.file().startsWith("multiline-none");
        String line = kept ? lines[i] : lines[i].strip();
        if (seed == 4 ? !line.isEmpty() : kept || !line.isEmpty()) {
          automaton.feed(1_000_000_000L + i * 1000L, line, events);
        }
      }
      automaton.flush(events);
      List<GoPanic> panics = new ArrayList<>();
      for (GoEvent event : events) {
        if (event instanceof GoEvent.Panicked panicked) {
          panics.add(panicked.panic());
        }
      }
      assertMatches(recording, panics);
    }
  }

  private static void assertMatches(Recording recording, List<GoPanic> panics) {
    if (recording.blamedPackage().equals("-")) {
      assertThat(panics).isEmpty();
      return;
    }
    assertThat(panics).hasSize(1);
    GoPanic panic = panics.get(0);
    if (!recording.blamedPackage().equals("*")) {
      assertThat(panic.pkg().path()).isEqualTo(recording.blamedPackage());
    }
    assertThat(panic.kind()).isEqualTo(PanicKind.valueOf(recording.kind()));
    assertThat(panic.recovered()).isEqualTo(recording.recovered());
    assertThat(panic.initFailure()).isEqualTo(recording.init());
    if (recording.message() != null) {
      assertThat(panic.message()).isEqualTo(recording.message());
    }
  }
}
