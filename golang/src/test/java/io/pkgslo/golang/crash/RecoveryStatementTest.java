// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that say that a panic was recovered, without a stack; and all that only look so. */
class RecoveryStatementTest {
  private static final String INDEX = "runtime error: index out of range [5] with length 3";
  private static final String NIL =
      "runtime error: invalid memory address or nil pointer dereference";

  private static GoPanic only(String body) {
    List<GoPanic> found = PanicText.find(body);
    assertThat(found).as(body).hasSize(1);
    assertThat(found.get(0).recovered()).isTrue();
    assertThat(found.get(0).pkg().isUnattributed()).isTrue();
    return found.get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '$',
      value = {
        // what Go's own words leave no doubt about
        "2026/11/21 21:02:42 recovered: runtime error: index out of range [5] with length 3",
        "2026/11/21 21:02:42 runtime error: index out of range [5] with length 3",
        "2026/11/21 21:02:42 worker.go:17: job 7: recovered: runtime error: index out of range [5] with length 3",
        "Recovered in f runtime error: index out of range [5] with length 3",
        "{\"level\":\"error\",\"msg\":\"panic\",\"error\":\"runtime error: index out of range [5] with length 3\"}",
        "{\"level\":\"error\",\"msg\":\"job failed\",\"err\":\"recovered from panic: runtime error: index out of range [5] with length 3\"}",
        "{\"level\":\"error\",\"message\":\"recovered\",\"recovered\":\"runtime error: index out of range [5] with length 3\"}",
        "time=2026-11-21T21:02:42Z level=ERROR msg=\"recovered\" err=\"runtime error: index out of range [5] with length 3\"",
        "2026-11-21T21:02:42.1Z\tERROR\tmw/r.go:12\tpanic recovered\t{\"panic\": \"runtime error: index out of range [5] with length 3\"}",
        "E1121 21:02:42.000000       1 r.go:12] \"Recovered panic\" err=\"runtime error: index out of range [5] with length 3\"",
        "9:02PM ERR panic recovered error=\"runtime error: index out of range [5] with length 3\"",
        "ERRO[0003] panic recovered                panic=\"runtime error: index out of range [5] with length 3\"",
      })
  void valueOfTheRuntime(String body) {
    assertThat(only(body).message()).isEqualTo(INDEX);
    assertThat(only(body).isSecondhand()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '$',
      value = {
        "2026/11/21 21:02:42 panic recovered: no such account",
        "2026/11/21 21:02:42 [worker-3] recovered from panic in job 7: no such account",
        "{\"level\":\"error\",\"msg\":\"panic recovered\",\"error\":\"no such account\"}",
        "{\"level\":\"error\",\"msg\":\"recovered from panic\",\"value\":\"no such account\"}",
        "{\"level\":\"error\",\"msg\":\"handler panicked\",\"recovered\":\"no such account\"}",
        "{\"level\":\"error\",\"msg\":\"unexpected panic\",\"panic\":\"no such account\"}",
        "time=2026-11-21T21:02:42Z level=ERROR msg=\"panic recovered\" panic=\"no such account\"",
      })
  void wordsThatLeaveNoDoubt(String body) {
    assertThat(only(body).message()).isEqualTo("no such account");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026/11/21 21:02:42 failed to recover from backup: no such file",
        "2026/11/21 21:02:42 recovered from backup: 5 files",
        "2026/11/21 21:02:42 recovered: connection to db-1",
        "2026/11/21 21:02:42 panics recovered: 12 in total",
        "2026/11/21 21:02:42 panic recovery: enabled",
        "2026/11/21 21:02:42 panic recovered: 5",
        "2026/11/21 21:02:42 no panic recovered: all jobs done",
        "2026/11/21 21:02:42 upstream panic recovered: no such account",
        "2026/11/21 21:02:42 pod checkout said 'panic recovered: no such account'",
        "2026/11/21 21:02:42 close of closed channel",
        "{\"level\":\"error\",\"msg\":\"failed to recover from backup\",\"error\":\"EOF\"}",
        "{\"level\":\"info\",\"msg\":\"recovered from backup\",\"recovered\":\"5 files\"}",
        "{\"level\":\"info\",\"msg\":\"recovered\",\"recovered\":true}",
        "{\"level\":\"info\",\"msg\":\"server options\",\"panic\":\"ignore\"}",
        "{\"level\":\"info\",\"msg\":\"panic recovery is enabled\",\"panic\":\"log\"}",
        "{\"level\":\"error\",\"msg\":\"request failed\",\"error\":\"send on closed channel\"}",
        "{\"level\":\"error\",\"msg\":\"remote panic recovered\",\"error\":\"no such account\"}",
        "{\"level\":\"error\",\"msg\":\"call failed after a panic\",\"error\":\"rpc error: code = Internal"
            + " desc = runtime error: index out of range [5] with length 3\"}",
        "{\"level\":\"error\",\"msg\":\"panic in other service\",\"error\":\"Get \\\"http://a/b\\\": 500:"
            + " runtime error: index out of range [5] with length 3\"}",
        "{\"level\":\"error\",\"msg\":\"panic recovered\",\"error\":\"net/http: abort Handler\"}",
        "runtime error: our own kind of trouble",
      })
  void whatOnlyLooksSo(String body) {
    assertThat(PanicText.find(body)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runtime error: invalid memory address or nil pointer dereference",
        "runtime error: integer divide by zero",
        "runtime error: slice bounds out of range [:5] with capacity 3",
        "runtime error: makeslice: len out of range",
        "runtime error: hash of unhashable type api.key",
        "runtime error: comparing uncomparable type []int",
        "runtime error: cannot convert slice with length 2 to array or pointer to array with length 4",
        "interface conversion: interface {} is string, not int",
        "interface conversion: main.T is not main.I: missing method Foo",
        "assignment to entry in nil map",
        "value method main.T.Get called using nil *T pointer",
      })
  void textsOfTheRuntime_needNoWords(String text) {
    assertThat(only("2026/11/21 21:02:42 " + text).message()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "send on closed channel",
        "close of closed channel",
        "close of nil channel",
        "sync: negative WaitGroup counter"
      })
  void textsThatLibrariesUse_needWords(String text) {
    assertThat(only("2026/11/21 21:02:42 recovered: " + text).message()).isEqualTo(text);
    assertThat(PanicText.find("2026/11/21 21:02:42 job 7: " + text)).isEmpty();
  }

  private static final String STACK =
      """
      goroutine 34 [running]:
      runtime/debug.Stack()
      \t/usr/local/go/src/runtime/debug/stack.go:26 +0x5e
      panic({0x1, 0x2})
      \t/usr/local/go/src/runtime/panic.go:860 +0x13a
      a.io/cart.Add(...)
      \t/src/cart/cart.go:7
      """;

  /** The stack may come above or below the words, and other lines between. */
  @Test
  void wordsAndStack_areOnePanic() {
    String words = "2026/11/21 21:02:42 recovered: " + NIL + "\n";
    String other = "2026/11/21 21:02:42 GET /health 200\n";
    for (String text :
        List.of(words + STACK, words + other + STACK, STACK + words, other + STACK + words)) {
      List<GoPanic> found = PanicText.find(text);
      assertThat(found).as(text).hasSize(1);
      assertThat(found.get(0).pkg().path()).isEqualTo("a.io/cart");
      assertThat(found.get(0).message()).isEqualTo(NIL);
    }
  }

  /** Another goroutine says so in the middle of a dump: the dump stays whole. */
  @Test
  void wordsWithinACrash_areAnotherPanic() {
    List<GoPanic> found =
        PanicText.find(
            "panic: boom\n\ngoroutine 1 [running]:\n"
                + "2026/11/21 21:02:42 recovered: "
                + NIL
                + "\na.io/cart.Add(...)\n\t/src/cart/cart.go:7\n");
    assertThat(found).hasSize(2);
    assertThat(found).anyMatch(panic -> panic.message().equals(NIL) && panic.recovered());
    assertThat(found)
        .anyMatch(panic -> panic.pkg().path().equals("a.io/cart") && !panic.recovered());
  }

  @Test
  void twoStatements_areTwoPanics() {
    String words = "2026/11/21 21:02:42 recovered: " + NIL + "\n";
    assertThat(PanicText.find(words + words)).hasSize(2);
  }
}
