// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.pkgslo.golang.ExplainText;
import io.pkgslo.golang.attribute.CodeAttributes;
import io.pkgslo.golang.attribute.ExceptionType;
import io.pkgslo.golang.attribute.LogPackage;
import io.pkgslo.golang.attribute.ScopeName;
import io.pkgslo.golang.init.InitLine;
import io.pkgslo.golang.log.JsonFields;
import io.pkgslo.golang.log.LogWrapper;
import io.pkgslo.golang.log.TextLines;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.golang.stack.StackLine;
import io.pkgslo.golang.stack.StackParser;
import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.golang.symbol.GoSymbol;
import io.pkgslo.golang.symbol.SourceFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Nothing that comes from outside throws, hangs or grows. The seed is printed; {@code
 * -Dpkgslo.fuzz.seed=} repeats a run, {@code -Dpkgslo.fuzz.iterations=} makes it long.
 */
class FuzzTest {
  private static final int ITERATIONS = Integer.getInteger("pkgslo.fuzz.iterations", 2000);
  private static final String ALPHABET =
      "abmnxz019._-/%2e*()[]{}<>:,;@!#$ \t\n\\\"'+?|~=·é\u0000\u001b\ufffd";
  private static final List<String> WORDS =
      List.of(
          "panic: ",
          "\tpanic: ",
          "goroutine 1 [running]:",
          "\n",
          "\t",
          "init ",
          " @1 ms, 2 ms clock",
          ", 1 bytes, 2 allocs",
          "created by ",
          "main.main()",
          "a.b/c%2ev2.(*T[...]).M(0x1, {0x2?})",
          "/src/x.go:12 +0x25",
          "runtime.gopanic",
          "panic({0x1, 0x2})",
          "[recovered]",
          "{\"log\":\"",
          "\"stream\":\"stderr\"}",
          "fatal error: ",
          "SIGQUIT: quit",
          "http: panic serving ",
          "[Recovery]",
          "panic recovered:",
          "[PANIC RECOVER] ",
          "Observed a panic",
          " panic=\"",
          "stacktrace=<",
          "stacktrace:",
          "\\n",
          "\\t",
          ".go:",
          "vendor/",
          "/pkg/mod/",
          "@v1.0.0",
          "...additional frames elided...",
          " (0x4d57a7)",
          "{",
          "}",
          "[",
          "]",
          "\"stack\":[{",
          "-> ",
          "\u001b[31m",
          "exit status 2",
          "2026-08-21T10:00:00.123456789Z stderr P ",
          "2026-08-21T10:00:00.123456789Z stdout F ",
          "{\"level\":\"error\",\"msg\":\"",
          "\",\"stacktrace\":\"",
          "\",\"logger\":\"a.b/c\",\"caller\":\"/x/y.go:3\"}",
          "\"source\":{\"function\":\"a.b/c.F\"}",
          "\\u00",
          "\"stack\":\"Z29yb3V0aW5lIDEgW3J1bm5pbmdd",
          "{\"a\":1}\npanic: ",
          "panic:",
          " err=\"",
          "glob..func1",
          ".func1.(*T).M.2");

  private final long seed = Long.getLong("pkgslo.fuzz.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<Samples.Sample> samples = Samples.all();

  FuzzTest() {
    System.out.println("FuzzTest seed " + seed);
  }

  @Test
  void anything_neverThrows() {
    for (int i = 0; i < ITERATIONS; i++) {
      String text =
          switch (i % 4) {
            case 0 -> bytes();
            case 1 -> words();
            case 2 -> mutated();
            default -> letters();
          };
      everything(text);
    }
  }

  @Test
  void automaton_boundedWhateverComes() {
    CrashAutomaton automaton = new CrashAutomaton();
    List<GoEvent> events = new ArrayList<>();
    for (int i = 0; i < ITERATIONS; i++) {
      long time = random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(1 << 30) * 16L;
      automaton.feed(time, random.nextBoolean() ? words() : mutated(), events);
      if (random.nextInt(10) == 0) {
        automaton.expire(random.nextLong(), events);
      }
      for (GoEvent event : events) {
        if (event instanceof GoEvent.Panicked panicked) {
          assertThat(panicked.panic().stack().length()).isLessThanOrEqualTo(8192);
          assertThat(panicked.panic().message().length()).isLessThanOrEqualTo(1024);
        }
      }
      events.clear();
    }
    automaton.flush(events);
    assertThat(automaton.isIdle()).isTrue();
  }

  @Test
  void symbols_generatedOnesKeepTheirPackage() {
    for (int i = 0; i < ITERATIONS; i++) {
      String path = "example.com/" + word() + "/" + word() + (random.nextBoolean() ? "%2ev2" : "");
      String function =
          List.of(
                  "F",
                  "(*T).M",
                  "(*T[...]).M",
                  "T.M-fm",
                  "F.func1.2",
                  "init.0",
                  "glob..func1",
                  "M[a/b.c d]")
              .get(random.nextInt(8));
      GoSymbol symbol = GoSymbol.parse(path + "." + function);
      assertThat(symbol).as(path + "." + function).isNotNull();
      assertThat(symbol.packagePath()).isEqualTo(path.replace("%2e", "."));
    }
  }

  /**
   * Inputs that make backtracking and rescanning explode. Work is counted in allocated bytes, which
   * do not depend on the machine's load; the time limit is only for what would never end.
   */
  @Test
  void megabytes_costTwiceForTwiceTheLength() {
    List<String> units =
        List.of(
            "init ",
            "init a @1 ms, ",
            "goroutine 1 [",
            "a.",
            "a/",
            "(",
            "[",
            "{\"a\":",
            "\\",
            "%2",
            "\u001b[",
            "panic: ",
            "goroutine ",
            "/src/",
            "/vendor/",
            "!a",
            "0x",
            "\"",
            " (0x1",
            "\\n.go:",
            ":1 +0x1 fp=0x1",
            "a.b/c.F(0x1)\n",
            "goroutine 1 [running]:\n",
            "panic: x\n",
            "x\n",
            "\n",
            "{\"log\":\"",
            "[[",
            "Observed a panic",
            " panic=\"",
            "{\"level\":\"x\",\"msg\":\"panic: \\n",
            "2026-08-21T10:00:00.123456789Z stderr P ",
            "panic recovered:\n/src/x.go:12 (0x4d57a7)\n",
            "stacktrace=<\n",
            "\\u0041",
            "}{",
            "{}\n",
            "panic: x\n\ngoroutine 1 [running]:\na.b/c.F(0x1)\n",
            "Observed a panic: x\npanic: x\n\ngoroutine 1 [running]:\na.b/c.F(0x1)\n",
            " err=\"runtime error: ",
            "Z29yb3V0aW5lI");
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          for (String unit : units) {
            long once = allocated(unit.repeat((1 << 18) / unit.length()));
            long twice = allocated(unit.repeat((1 << 19) / unit.length()));
            assertThat(twice).as(unit).isLessThan(3 * once + (1 << 20));
          }
        });
  }

  private static long allocated(String text) {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    PanicText.find(text);
    LogWrapper.unwrap(text);
    InitLine.findAll(text);
    StackParser.parse(text);
    StackLine.of(text);
    GoSymbol.parse(text);
    SourceFile.parse(text);
    GoPackage.parse(text);
    List<GoEvent> events = new ArrayList<>();
    CrashAutomaton automaton = new CrashAutomaton();
    automaton.feed(1, text, events);
    automaton.flush(events);
    PanicText.fromException(text, text, text);
    LogWrapper.unwrapShipper(text);
    TextLines.of(text);
    CodeAttributes.packageOf(text, null, null, text);
    ExceptionType.parse(text);
    ScopeName.classify(text, List.of("a"));
    Map<String, String> fields = JsonFields.parse(text);
    LogPackage.of(fields == null ? Map.of("stacktrace", text) : fields, text, List.of());
    new ExplainText(BlamePolicy.DEFAULT, List.of()).explain(text);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static void everything(String text) {
    PanicText.find(text);
    PanicText.findReported(text, BlamePolicy.DEFAULT.withOwners(List.of("a.b")));
    PanicText.fromException(text, text, text);
    StackParser.parseAll(text);
    InitLine.findAll(text);
    LogWrapper.unwrap(text);
    LogWrapper.unwrapShipper(text);
    LogWrapper.unwrapContainer(text);
    TextLines.of(text);
    Map<String, String> fields = JsonFields.parse(text);
    LogPackage.of(fields == null ? fieldsOf(text) : fields, text, List.of("a"));
    ScopeName.classify(text, List.of("a"));
    ExceptionType.parse(text);
    CodeAttributes.packageOf(text, null, null, text);
    CodeAttributes.packageOf(null, text, text, null);
    SourceFile.packageOf(text);
    CrashLines.areRelevant(text);
    new ExplainText(BlamePolicy.DEFAULT, List.of()).explain(text);
    GoSymbol symbol = GoSymbol.parse(text);
    if (symbol != null) {
      assertThat(symbol.goPackage().path()).isNotEmpty();
      symbol.mayBeInlinedClosure();
      symbol.isInit();
    }
  }

  /** Every field that says whose a record is, with the same text. */
  private static Map<String, String> fieldsOf(String text) {
    Map<String, String> fields = new HashMap<>();
    for (String key : List.of("func", "stacktrace", "logger", "source.file", "code.namespace")) {
      fields.put(key, text);
    }
    return fields;
  }

  private String word() {
    StringBuilder out = new StringBuilder("w");
    for (int i = random.nextInt(8); i >= 0; i--) {
      out.append((char) ('a' + random.nextInt(26)));
    }
    return out.toString();
  }

  private String bytes() {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private String letters() {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(60); i >= 0; i--) {
      out.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return out.toString();
  }

  private String words() {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(30); i >= 0; i--) {
      out.append(random.nextInt(5) == 0 ? letters() : WORDS.get(random.nextInt(WORDS.size())));
    }
    return out.toString();
  }

  private String mutated() {
    StringBuilder out = new StringBuilder(samples.get(random.nextInt(samples.size())).text());
    if (out.length() > 3000) {
      out.setLength(3000);
    }
    for (int i = random.nextInt(20); i >= 0 && out.length() > 0; i--) {
      int at = random.nextInt(out.length());
      switch (random.nextInt(4)) {
        case 0 -> out.deleteCharAt(at);
        case 1 -> out.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        case 2 -> out.insert(at, WORDS.get(random.nextInt(WORDS.size())));
        default -> out.delete(at, Math.min(out.length(), at + random.nextInt(100)));
      }
    }
    return out.toString();
  }
}
