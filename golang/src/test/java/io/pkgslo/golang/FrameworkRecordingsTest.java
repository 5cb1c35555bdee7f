// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.golang.stack.BlamePolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the recovery middleware, loggers and Kubernetes libraries print of a panic: one panic each,
 * however many of them report it, or none. Real output with Go 1.26 of {@code
 * deploy/go/crashes/frameworks}; what to expect follows from the program.
 */
class FrameworkRecordingsTest {
  private static final String FOLDER = "/go-1.26/";
  private static final String OTHER = "2026/11/21 21:02:42 GET /health 200 in 1.2ms";

  private final ExplainText explain = new ExplainText(BlamePolicy.DEFAULT, List.of());

  record Recording(
      String name, String goPackage, boolean recovered, @Nullable String message, String text) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Recording> recordings() throws IOException {
    List<Recording> found = new ArrayList<>();
    for (String line : read("frameworks.tsv").split("\n")) {
      String[] columns = line.split("\t", -1);
      if (columns.length > 1 && !columns[0].equals("case")) {
        found.add(
            new Recording(
                columns[0],
                columns[1],
                columns.length > 2 && Boolean.parseBoolean(columns[2]),
                columns.length > 3 ? columns[3] : null,
                read("desk-" + columns[0] + ".txt")));
      }
    }
    return found;
  }

  private static String read(String file) throws IOException {
    try (InputStream in = FrameworkRecordingsTest.class.getResourceAsStream(FOLDER + file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void asItWasPrinted(Recording recording) {
    assertOnePanic(recording, recording.text(), recording.message());
  }

  /** As shippers hand lines on: without tabs, blanks and empty lines. */
  @ParameterizedTest
  @MethodSource("recordings")
  void withoutWhiteSpace(Recording recording) {
    assertOnePanic(
        recording,
        recording
            .text()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("\n")),
        recording.message());
  }

  /** Another thread logs in between; where the value stands above its stack, it is cut off. */
  @ParameterizedTest
  @MethodSource("recordings")
  void amongOtherLines(Recording recording) {
    boolean gin = recording.name().startsWith("gin"); // its value stands alone below its head
    String text = recording.text().replace("\n", "\n" + (gin ? "" : OTHER + "\n"));
    assertOnePanic(recording, text, null);
  }

  private void assertOnePanic(Recording recording, String text, @Nullable String message) {
    List<Finding.PanicFound> panics =
        explain.explain(text).stream()
            .filter(finding -> finding instanceof Finding.PanicFound)
            .map(finding -> (Finding.PanicFound) finding)
            .toList();
    if (recording.goPackage().equals("-")) {
      assertThat(panics).isEmpty();
      return;
    }
    assertThat(panics).hasSize(1);
    Finding.PanicFound panic = panics.get(0);
    assertThat(panic.pkg().path()).isEqualTo(recording.goPackage());
    assertThat(panic.panic().recovered()).isEqualTo(recording.recovered());
    if (message != null) {
      assertThat(panic.panic().message()).isEqualTo(message);
    }
  }
}
