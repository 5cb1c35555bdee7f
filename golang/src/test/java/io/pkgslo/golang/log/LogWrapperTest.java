// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.golang.log.LogWrapper.Stream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: go-telemetry.md 2.7. */
class LogWrapperTest {
  @Test
  void unwrap_docker() {
    assertThat(LogWrapper.unwrap("{\"log\":\"\\tat x\\n\",\"stream\":\"stderr\",\"time\":\"t\"}"))
        .isEqualTo(new LogWrapper("\tat x", Stream.STDERR, false));
    assertThat(LogWrapper.unwrap("{\"log\":\"half\",\"stream\":\"stdout\",\"time\":\"t\"}"))
        .isEqualTo(new LogWrapper("half", Stream.STDOUT, true));
  }

  @Test
  void unwrap_cri() {
    assertThat(LogWrapper.unwrap("2026-08-21T10:00:00.123456789Z stderr F \t/x.go:1 +0x1"))
        .isEqualTo(new LogWrapper("\t/x.go:1 +0x1", Stream.STDERR, false));
    assertThat(LogWrapper.unwrap("2026-08-21T10:00:00.123456789Z stderr P half"))
        .isEqualTo(new LogWrapper("half", Stream.STDERR, true));
    assertThat(LogWrapper.unwrap("2026-08-21T10:00:00.123456789Z stderr F "))
        .isEqualTo(new LogWrapper("", Stream.STDERR, false));
  }

  @Test
  void unwrap_coloursAndCarriageReturns() {
    assertThat(LogWrapper.unwrap("\u001b[31mred\u001b[0m\r").line()).isEqualTo("red");
    assertThat(Ansi.strip("a\r\nb\rc\u001b")).isEqualTo("a\nb\rc");
  }

  @Test
  void unwrap_jsonWrappers() {
    assertThat(
            LogWrapper.unwrap("{\"message\":\"panic: x\",\"kubernetes\":{\"pod\":\"p\"}}").line())
        .isEqualTo("panic: x");
    assertThat(LogWrapper.unwrap("{\"level\":\"info\",\"msg\":\"hello\"}").line())
        .isEqualTo("hello");
    assertThat(LogWrapper.unwrap("{not json").line()).isEqualTo("{not json");
  }

  @Test
  void unwrapShipper_leavesTheProgramsRecords() {
    String record = "{\"level\":\"info\",\"msg\":\"hello\"}";
    assertThat(LogWrapper.unwrapShipper(record).line()).isEqualTo(record);
    assertThat(LogWrapper.unwrapShipper("{\"log\":\"panic: x\",\"tag\":\"kube\"}").line())
        .isEqualTo("panic: x");
  }

  @Test
  void json_flattensAndKeepsArrays() {
    assertThat(
            JsonFields.parse(
                " {\"a\":\"x\\n\\u0041\\\"\",\"n\":-1.5e3,\"b\":true,\"z\":null,"
                    + "\"o\":{\"p\":{\"q\":\"r\"}},\"l\":[1,{\"k\":\"]\"}],\"e\":{}}"))
        .isEqualTo(
            Map.of(
                "a", "x\nA\"", "n", "-1.5e3", "b", "true", "o.p.q", "r", "l", "[1,{\"k\":\"]\"}]"));
  }

  @Test
  void json_keepsWhatIsBeforeAFault() {
    assertThat(JsonFields.parse("{\"a\":\"x\",\"b\":\"cut of")).containsEntry("a", "x");
    assertThat(JsonFields.parse("{\"a\":\"x\" \"b\":1}")).isEqualTo(Map.of("a", "x"));
    assertThat(JsonFields.parse("[1]")).isNull();
    assertThat(JsonFields.parse("plain")).isNull();
    assertThat(JsonFields.parse("{0x1, 0x2}")).isNull();
    assertThat(JsonFields.parse("{}")).isEmpty();
  }

  @Test
  void json_deepNestingIsSkippedNotDescended() {
    String deep = "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000);
    assertThat(JsonFields.parse("{\"first\":\"x\",\"deep\":" + deep + ",\"last\":\"y\"}"))
        .containsEntry("first", "x")
        .containsEntry("last", "y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", " {\"a\":1}\n", "{\n \"a\": {}\n}", "{\"a\":1}\n{\"b\":2}\n", "{\"a"})
  void record_isJson(String text) {
    assertThat(LogWrapper.isJson(text)).isTrue();
  }

  /** A multiline rule that begins an entry at every brace puts a crash behind the last record. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x{",
        "{\"a\":1}\npanic: x\n",
        "{\"a\":1}\n\n\tpanic: x",
        "{}\n{}\npanic: x\n{}"
      })
  void textBelowARecord_isNoJson(String text) {
    assertThat(LogWrapper.isJson(text)).isFalse();
  }
}
