// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reference: go-telemetry.md 2.1, 2.4 to 2.7. */
class CrashAutomatonTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String BLOCK =
      "\ngoroutine 1 [running]:\na.b/pay.F(0x1)\n\t/src/p.go:7 +0x1\n";

  private final CrashAutomaton automaton = new CrashAutomaton();
  private final List<GoEvent> events = new ArrayList<>();

  private void feed(long nanos, String line) {
    automaton.feed(nanos, line, events);
  }

  private List<GoPanic> panics() {
    List<GoPanic> panics = new ArrayList<>();
    for (GoEvent event : events) {
      if (event instanceof GoEvent.Panicked panicked) {
        panics.add(panicked.panic());
      }
    }
    return panics;
  }

  private GoPanic only(String text) {
    feed(SECOND, text);
    automaton.flush(events);
    assertThat(panics()).hasSize(1);
    return panics().get(0);
  }

  /** Every row of the table in 2.1 that has its own first line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "panic: plain string|PANIC|plain string",
        "panic: outer: file does not exist|PANIC|outer: file does not exist",
        "panic: main.kind(\"named string\")|PANIC|main.kind(\"named string\")",
        "panic: 42|PANIC|42",
        "panic: +1.500000e+000|PANIC|+1.500000e+000",
        "panic: (main.plain) 0xc00009c108|PANIC|(main.plain) 0xc00009c108",
        "panic: nil|PANIC|nil",
        "panic: panic called with nil argument|PANIC|panic called with nil argument",
        "panic: runtime error: index out of range [5] with length 0|PANIC|runtime error: index out of range [5] with length 0",
        "panic: send on closed channel|PANIC|send on closed channel",
        "panic: PANIC [recovered]\\n\\tpanic: PANIC|PANIC|PANIC",
        "panic: PANIC [recovered, repanicked]|PANIC|PANIC",
        "panic: first\\n\\tpanic: second|PANIC|first",
        "panic: inner [recovered]\\n\\tpanic: middle [recovered, repanicked]\\n\\tpanic: outer|PANIC|inner",
        "panic: x\\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x64cf82]|PANIC|x",
        "panic: boom\\n\\tfatal error: concurrent map writes|PANIC|boom",
        "fatal error: panic while printing panic value: error in Error|FATAL|panic while printing panic value: error in Error",
        "fatal error: concurrent map writes|FATAL|concurrent map writes",
        "fatal error: all goroutines are asleep - deadlock!|FATAL|all goroutines are asleep - deadlock!",
        "fatal error: sync: unlock of unlocked mutex|FATAL|sync: unlock of unlocked mutex",
        "runtime: goroutine stack exceeds 1000000000-byte limit\\nruntime: sp=0x1 stack=[0x1, 0x2]\\nfatal error: stack overflow|FATAL|stack overflow",
        "runtime: out of memory: cannot allocate 8-byte block (4 in use)\\nfatal error: out of memory|FATAL|out of memory",
        "unexpected fault address 0x1\\nfatal error: fault\\n[signal SIGBUS: bus error code=0x2 addr=0x1 pc=0x2]|FATAL|fault",
        "SIGABRT: abort\\nPC=0x7fac248b6eec m=0 sigcode=18446744073709551610\\nsignal arrived during cgo execution|SIGNAL|SIGABRT: abort",
      })
  void head_kindAndMessage(String head, PanicKind kind, String message) {
    GoPanic panic = only(head.replace("\\n", "\n").replace("\\t", "\t") + "\n" + BLOCK);

    assertThat(panic.kind()).isEqualTo(kind);
    assertThat(panic.message()).isEqualTo(message);
    assertThat(panic.pkg().path()).isEqualTo("a.b/pay");
    assertThat(panic.recovered()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user 17 failed|user # failed",
        "index out of range [5] with length 0|index out of range [#] with length #",
        "(*main.T) 0xc00009c108|(*main.T) #",
        "main.kind(\"named string\")|named string",
        "id 6ba7b810-9dad-11d1-80b4-00c04fd430c8 gone|id # gone",
        "token deadbeef42 bad|token # bad",
        "deadbeef is a word|deadbeef is a word",
        "offset -12 to +3|offset # to +#",
        "dial tcp 10.0.0.1:5432: refused|dial tcp #.#.#.#:#: refused",
      })
  void message_normalised(String message, String normalised) {
    assertThat(PanicMessage.normalise(message)).isEqualTo(normalised);
  }

  @Test
  void type_whereTheRuntimePrintsIt() {
    assertThat(PanicMessage.typeOf("main.kind(\"x\")")).isEqualTo("main.kind");
    assertThat(PanicMessage.typeOf("(*main.plain) 0xc00009c108")).isEqualTo("*main.plain");
    assertThat(PanicMessage.typeOf("could not call f.Open(\"x\")")).isNull();
    assertThat(PanicMessage.typeOf("boom")).isNull();
  }

  @Test
  void block_otherGoroutinesAreNeverBlamed() {
    GoPanic panic =
        only(
            "panic: x\n\ngoroutine 5 [running]:\ncreated by a.b/own.Go\n\t/x.go:1 +0x1\n\ngoroutine 1 [chan receive]:\na.b/innocent.Wait()\n\t/y.go:1 +0x1\n");
    assertThat(panic.pkg().path()).isEqualTo("a.b/own");
  }

  @Test
  void crash_afterSilenceEndsByTheClockAlone() {
    feed(SECOND, "panic: x" + "\n" + BLOCK);
    automaton.expire(5 * SECOND, events);
    assertThat(panics()).isEmpty();
    automaton.expire(6 * SECOND, events);
    assertThat(panics()).hasSize(1);
    assertThat(automaton.isIdle()).isTrue();
  }

  @Test
  void crash_longAfterAnotherIsAnotherOne() {
    feed(SECOND, "panic: x\n" + BLOCK);
    feed(20 * SECOND, "panic: x\n" + BLOCK);
    automaton.flush(events);
    assertThat(panics()).hasSize(2);
    assertThat(((GoEvent.Panicked) events.get(0)).firstTimeNanos()).isEqualTo(SECOND);
  }

  @Test
  void crash_restartWithinTheSilenceIsAnotherOne() {
    feed(SECOND, "panic: x\n" + BLOCK + "\ngoroutine 7 [select]:\nmain.f()\n");
    feed(2 * SECOND, "panic: x\n" + BLOCK);
    automaton.flush(events);
    assertThat(panics()).hasSize(2);
  }

  @Test
  void dumpOfGotracebackCrash_isOnePanic() {
    feed(
        SECOND,
        "panic: x\n"
            + BLOCK
            + "\n-----\n\nSIGQUIT: quit\nPC=0x1 m=2 sigcode=0\n\ngoroutine 0 [idle]:\nmain.f()\n");
    feed(SECOND + 1, "SIGABRT: abort\nPC=0x2 m=0 sigcode=0\n\ngoroutine 1 [running]:\nmain.g()\n");
    automaton.flush(events);
    assertThat(panics()).hasSize(1);
  }

  @Test
  void recoveredPanics_ofOneServerCountEach() {
    String http =
        "2026/11/20 15:16:05 http: panic serving 1.2.3.4:5: boom\ngoroutine 6 [running]:\nnet/http.(*conn).serve.func1()\n\t/x.go:1 +0x1\npanic({0x1})\n\t/p.go:1 +0x1\na.b/pay.F()\n\t/y.go:1 +0x1\ncreated by net/http.(*Server).Serve\n\t/s.go:1 +0x1\n";
    feed(SECOND, http);
    feed(SECOND + 1000, http);
    automaton.flush(events);
    assertThat(panics()).hasSize(2).allMatch(GoPanic::recovered);
  }

  @Test
  void stackOfALog_lineByLineWithItsAnnouncement() {
    String[] lines = {
      "2026/11/20 recovered: boom",
      "goroutine 6 [running]:",
      "runtime/debug.Stack()",
      "\t/x.go:1 +0x1",
      "panic({0x1})",
      "\t/p.go:1 +0x1",
      "a.b/pay.F()",
      "\t/y.go:1 +0x1"
    };
    for (int i = 0; i < lines.length; i++) {
      feed(SECOND + i, lines[i]);
    }
    automaton.flush(events);
    assertThat(panics()).singleElement().matches(p -> p.message().equals("boom"));
    assertThat(panics().get(0).form()).isEqualTo(PanicForm.LOGGED_STACK);
  }

  @Test
  void limits_twoHundredLinesThenNothingMore() {
    StringBuilder text = new StringBuilder("panic: x\n\ngoroutine 1 [running]:\n");
    for (int i = 0; i < 5000; i++) {
      text.append("a.b/pay.F(0x1)\n\t/src/p.go:7 +0x1\n");
    }
    GoPanic panic = only(text.toString());
    assertThat(panic.stack().length()).isLessThanOrEqualTo(GoPanic.MAX_STACK_LENGTH);
  }

  @Test
  void lateLine_isStillUnderstood() {
    feed(100 * SECOND, "hello");
    feed(200 * SECOND, "hello");
    feed(SECOND, "init main @17 ms, 2 ms clock, 0 bytes, 0 allocs");
    feed(SECOND, "panic: late");
    automaton.flush(events);
    assertThat(events).hasSize(2);
  }

  @Test
  void order_equalSetsOfLinesGiveEqualEvents() {
    List<String> lines = new ArrayList<>();
    for (int run = 0; run < 3; run++) {
      Collections.addAll(lines, Samples.read("init-var.stderr").split("\n"));
      Collections.addAll(lines, Samples.read("http.stderr").split("\n"));
      Collections.addAll(lines, Samples.read("misc-json.stderr").split("\n"));
    }
    List<GoEvent> expected = run(lines, null);
    assertThat(expected.stream().filter(e -> e instanceof GoEvent.Panicked)).hasSize(9);
    for (int seed = 0; seed < 30; seed++) {
      assertThat(run(lines, new Random(seed))).isEqualTo(expected);
    }
  }

  private static List<GoEvent> run(List<String> lines, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      order.add(i);
    }
    if (random != null) {
      Collections.shuffle(order, random);
    }
    CrashAutomaton automaton = new CrashAutomaton();
    List<GoEvent> events = new ArrayList<>();
    for (int i : order) {
      automaton.feed(SECOND + i * 1_000_000L, lines.get(i), events);
    }
    automaton.flush(events);
    return events;
  }

  @Test
  void crashLines_keepWhatTheAutomatonNeeds() {
    for (Samples.Sample sample : Samples.all()) {
      CrashAutomaton filtered = new CrashAutomaton();
      List<GoEvent> out = new ArrayList<>();
      long time = SECOND;
      for (String line : sample.text().split("\n")) {
        time += 1000;
        if (CrashLines.areRelevant(line)) {
          filtered.feed(time, line, out);
        }
      }
      filtered.flush(out);
      long panics = out.stream().filter(e -> e instanceof GoEvent.Panicked).count();
      assertThat(panics).as(sample.name()).isEqualTo(sample.blamedPackage().equals("-") ? 0 : 1);
    }
    assertThat(CrashLines.areRelevant("2026/11/20 15:16:05 listening on :8080")).isFalse();
    assertThat(CrashLines.areRelevant("{\"level\":\"info\",\"msg\":\"a.b/c.F()\"}")).isFalse();
  }
}
