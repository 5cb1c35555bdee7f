// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.golang.crash.Samples.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every captured crash blames the package that the reference names, however it is transported. */
class SamplesTest {
  private static final long START = 1_790_000_000_000_000_000L;
  private static final long STEP = 10_000;
  private static final List<String> FOREIGN =
      List.of(
          "2026/11/20 15:16:05 listening on :8080",
          "{\"level\":\"info\",\"ts\":1755770000.1,\"msg\":\"cache refreshed\"}",
          "I1120 15:16:05.000000       1 server.go:12] handled request (200)",
          "cache.go",
          "time=2026-11-20T15:16:05Z level=INFO msg=\"served\" path=/v1/x",
          "worker.Process(job) took 12ms",
          "[GIN] 2026/11/20 - 15:16:05 | 200 |  1.2ms | 10.0.0.1 | GET  \"/health\"");

  private record Line(long time, String text) {}

  static List<Sample> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void wholeBody(Sample sample) {
    assertBlames(sample, List.of(new Line(START, sample.text())));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void oneRecordPerLine(Sample sample) {
    assertBlames(sample, lines(sample, false));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void withoutLeadingWhiteSpaceAndEmptyLines(Sample sample) {
    assertBlames(sample, lines(sample, true));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shuffled(Sample sample) {
    for (long seed = 1; seed <= 20; seed++) {
      List<Line> lines = lines(sample, seed % 2 == 0);
      Collections.shuffle(lines, new Random(seed));
      assertBlames(sample, lines);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void interleavedWithApplicationLines(Sample sample) {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      List<Line> lines = interleaved(lines(sample, seed % 2 == 0), random, 0.4);
      assertBlames(sample, lines);
      Collections.shuffle(lines, random);
      assertBlames(sample, lines);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void insideContainerFormats(Sample sample) {
    List<Line> cri = new ArrayList<>();
    List<Line> docker = new ArrayList<>();
    for (Line line : lines(sample, false)) {
      cri.add(new Line(line.time, "2026-08-21T10:00:00.123456789Z stderr F " + line.text));
      String json = line.text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t");
      docker.add(
          new Line(
              line.time, "{\"log\":\"" + json + "\\n\",\"stream\":\"stderr\",\"time\":\"t\"}"));
    }
    assertBlames(sample, cri);
    assertBlames(sample, docker);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void asOneText(Sample sample) {
    List<GoPanic> panics = PanicText.find(sample.text());

    assertThat(panics).hasSize(sample.blamedPackage().equals("-") ? 0 : 1);
    panics.forEach(panic -> assertThat(name(panic)).isEqualTo(sample.blamedPackage()));
  }

  private static List<Line> lines(Sample sample, boolean stripped) {
    List<Line> lines = new ArrayList<>();
    long time = START;
    for (String text : Arrays.asList(sample.text().split("\n", -1))) {
      time += STEP;
      if (!stripped) {
        lines.add(new Line(time, text));
      } else if (!text.isBlank()) {
        lines.add(new Line(time, text.strip()));
      }
    }
    return lines;
  }

  private static List<Line> interleaved(List<Line> lines, Random random, double share) {
    List<Line> out = new ArrayList<>();
    for (Line line : lines) {
      out.add(line);
      if (random.nextDouble() < share) {
        String text = FOREIGN.get(random.nextInt(FOREIGN.size()));
        out.add(new Line(line.time + 1 + random.nextInt((int) STEP - 2), text));
      }
    }
    return out;
  }

  private static void assertBlames(Sample sample, List<Line> lines) {
    CrashAutomaton automaton = new CrashAutomaton();
    List<GoEvent> events = new ArrayList<>();
    long last = 0;
    for (Line line : lines) {
      automaton.feed(line.time, line.text, events);
      last = Math.max(last, line.time);
    }
    automaton.expire(last + CrashAutomaton.IDLE_NANOS, events);
    assertThat(automaton.isIdle()).isTrue();

    List<GoPanic> panics = new ArrayList<>();
    int inits = 0;
    for (GoEvent event : events) {
      if (event instanceof GoEvent.Panicked panicked) {
        panics.add(panicked.panic());
      } else {
        inits++;
      }
    }
    assertThat(panics).hasSize(sample.blamedPackage().equals("-") ? 0 : 1);
    panics.forEach(panic -> assertThat(name(panic)).isEqualTo(sample.blamedPackage()));
    boolean initFailure = sample.name().startsWith("init-");
    panics.forEach(panic -> assertThat(panic.initFailure()).isEqualTo(initFailure));
    panics.forEach(
        panic -> assertThat(panic.recovered()).isEqualTo(sample.name().startsWith("http")));
    assertThat(inits).isEqualTo((int) sample.text().lines().filter(SamplesTest::isInit).count());
  }

  private static boolean isInit(String line) {
    return line.startsWith("init ");
  }

  private static String name(GoPanic panic) {
    return panic.pkg().isUnattributed() ? "?" : panic.pkg().path();
  }
}
