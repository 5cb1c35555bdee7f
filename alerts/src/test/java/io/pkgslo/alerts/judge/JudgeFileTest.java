// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeFileTest {

  private static final String HEADER =
      "look,package,sli,canary_events,canary_calls,baseline_events,baseline_calls\n";

  private static final String ROLLOUTS = "rollout," + HEADER.strip() + ",phi\n";

  private static JudgeFileOptions options(boolean json, boolean finalOnly) {
    return new JudgeFileOptions(JudgeFileOptions.DEFAULT.policy(), Map.of(), json, finalOnly);
  }

  private static String judge(String file, JudgeFileOptions options)
      throws IOException, LookFileException {
    StringBuilder out = new StringBuilder();
    new JudgeFile(options).judge(new StringReader(file), out);
    return out.toString();
  }

  private static JudgeFile.Summary summary(String file) throws IOException, LookFileException {
    return new JudgeFile(options(false, true)).judge(new StringReader(file), new StringBuilder());
  }

  /** One panic per look at equal exposure multiplies each bet by 2 r / (r + 1): 10 pass 100. */
  @Test
  void judge_finalLine_ofARollback() throws Exception {
    StringBuilder file = new StringBuilder(HEADER);
    for (int look = 1; look <= 20; look++) {
      file.append(look).append(",github.com/acme/shop,panics,1,500,0,500\n");
    }
    double sum = 0;
    for (double r : new double[] {1.5, 2, 3, 5, 10}) {
      sum += Math.pow(2 * r / (r + 1), 10);
    }
    String[] lines = judge(file.toString(), options(false, true)).split("\n");
    assertThat(lines).hasSize(2);
    assertThat(lines[0]).isEqualTo("rollout,verdict,look,log_e");
    String[] cells = lines[1].split(",");
    assertThat(cells).startsWith("-", "rollback", "10");
    assertThat(Double.parseDouble(cells[3]))
        .isCloseTo(Math.log(sum / 5), org.assertj.core.api.Assertions.within(1e-12));
    assertThat(summary(file.toString()).exitCode()).isEqualTo(20);
  }

  @Test
  void judge_everyLook_showsEvidenceAndVerdict() throws Exception {
    String file =
        HEADER + "1,a/b,errors,2,100,18,900\n1,a/c,panics,0,100,0,900\n2,a/b,errors,1,100,9,900\n";
    String[] lines = judge(file, options(false, false)).split("\n");
    assertThat(lines).hasSize(5);
    assertThat(lines[0]).startsWith("rollout,look,package,sli,").endsWith(",verdict,rule,reason");
    assertThat(lines[1]).startsWith("-,1,a/b,errors,2,100,18,900,1,");
    assertThat(lines[3]).startsWith("-,2,a/b,errors,3,200,27,1800,1,");
    assertThat(lines[4]).startsWith("-,2,a/c,panics,0,100,0,900,1,0.0,");
    assertThat(lines[3]).contains(",hold,insufficient-evidence,");
  }

  @Test
  void judge_json_equalsCsv() throws Exception {
    String csv = ROLLOUTS + "r1,1,a/b,errors,30,100,18,900,1.5\n";
    String json =
        "{\"rollout\":\"r1\",\"look\":1,\"package\":\"a/b\",\"sli\":\"errors\","
            + "\"canary_events\":30,\"canary_calls\":1e2,\"baseline_events\":18,"
            + "\"baseline_calls\":900.0,\"phi\":1.5}\n";
    assertThat(judge(json, options(false, false))).isEqualTo(judge(csv, options(false, false)));
    assertThat(judge(json, options(true, false)))
        .startsWith(
            "{\"rollout\":\"r1\",\"verdict\":\"rollback\",\"code\":-1,\"look\":1,\"log_e\":")
        .contains("\"evidence\":[{\"package\":\"a/b\",\"sli\":\"errors\",\"canary_events\":30")
        .doesNotContain("NaN")
        .doesNotContain("Infinity");
  }

  /** Thousands of rollouts, interleaved and shuffled, end as each of them alone. */
  @Test
  void judge_rowsInAnyOrder() throws Exception {
    List<String> rows = new ArrayList<>();
    Draws draws = new Draws(5);
    for (int rollout = 0; rollout < 200; rollout++) {
      double ratio = rollout % 2 == 0 ? 1 : 8;
      RareEvents events = new RareEvents(draws, Sli.ERRORS, 2_000, 0.1, 0.01, ratio);
      for (int look = 1; look <= 10; look++) {
        Counts counts = events.minute(look).get(0).counts();
        rows.add(
            "r%03d,%d,p,errors,%s,%s,%s,%s,"
                .formatted(
                    rollout,
                    look,
                    counts.canaryEvents(),
                    counts.canaryCalls(),
                    counts.baselineEvents(),
                    counts.baselineCalls()));
      }
    }
    String inOrder = judge(ROLLOUTS + String.join("\n", rows), options(false, true));
    Collections.shuffle(rows, new Random(7));
    String shuffled = judge(ROLLOUTS + String.join("\n", rows), options(false, true));
    assertThat(shuffled.lines().sorted())
        .containsExactlyElementsOf(inOrder.lines().sorted().toList());
    assertThat(inOrder.lines().filter(line -> line.contains(",rollback,")).count())
        .isBetween(99L, 103L);
  }

  @Test
  void judge_severalRollouts_haveNoExitCodeInCommon() throws Exception {
    String file = ROLLOUTS + "a,1,p,errors,60,100,1,900,\nb,1,p,errors,0,100,1,900,\n";
    assertThat(summary(file)).isEqualTo(new JudgeFile.Summary(0, 1, 1));
    assertThat(summary(file).exitCode()).isZero();
  }

  @Test
  void judge_withoutLooks_holds() throws Exception {
    assertThat(summary("").exitCode()).isEqualTo(10);
    assertThat(summary(HEADER).exitCode()).isEqualTo(10);
  }

  /** A package that crashes only later has its part of alpha, and takes it from the others. */
  @Test
  void judge_seriesThatComesLater_mayReject() throws Exception {
    String file =
        HEADER + "1,a,errors,1,100,9,900\n2,a,errors,1,100,9,900\n2,b,panics,12,100,0,900\n";
    assertThat(judge(file, options(false, true))).contains(",rollback,2,");
  }

  @Test
  void judge_weights() throws Exception {
    String file = HEADER + "1,a,panics,4,100,0,900\n1,a,errors,0,100,0,900\n";
    JudgeFileOptions half = options(false, true);
    JudgeFileOptions most =
        new JudgeFileOptions(
            half.policy(), JudgeFileOptions.parseWeights("panics=0.9"), false, true);
    assertThat(judge(file, half)).contains(",hold,");
    assertThat(judge(file, most)).contains(",rollback,");
  }

  @ParameterizedTest
  @CsvSource({"x", "0", "a=2", "=0.5", "a=0.5;b", "''"})
  void parseWeights_refuses(String text) {
    assertThatThrownBy(() -> JudgeFileOptions.parseWeights(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected NUMBER or NAME=NUMBER");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,p,errors,1,2,3|line 2: 6 fields, expected 7 as in the header",
        "x,p,errors,1,2,3,4|line 2: look is \"x\", expected a whole number from 0 on",
        "1.5,p,errors,1,2,3,4|line 2: look is \"1.5\", expected a whole number from 0 on",
        "1,,errors,1,2,3,4|line 2: package is empty, expected a name",
        "1,p,errors,-1,2,3,4|line 2: canary_events is \"-1\", expected a number >= 0",
        "1,p,errors,1,NaN,3,4|line 2: canary_calls is \"NaN\", expected a number >= 0",
        "1,p,errors,1,2,1e999,4|line 2: baseline_events is \"1e999\", expected a number >= 0",
        "1,p,errors,1,2,3,|line 2: baseline_calls is \"\", expected a number >= 0",
        "1,p,\"errors,1,2,3,4|line 2: a double quote is not closed",
      })
  void judge_badRow(String row, String message) {
    assertThatThrownBy(() -> judge(HEADER + row + "\n", options(false, true)))
        .isInstanceOf(LookFileException.class)
        .hasMessage(message);
  }

  @Test
  void judge_badHeader() {
    assertThatThrownBy(() -> judge("look,package\n1,p\n", options(false, true)))
        .hasMessageStartingWith("line 1: column \"sli\" is missing, expected [rollout,]look,");
    assertThatThrownBy(() -> judge(HEADER.strip() + ",colour\n", options(false, true)))
        .hasMessageStartingWith("line 1: unknown column \"colour\", expected [rollout,]look,");
  }

  @Test
  void judge_badJson() {
    assertThatThrownBy(() -> judge("{\"look\":1}\n", options(true, true)))
        .hasMessageStartingWith("line 1: key \"package\" is missing");
    assertThatThrownBy(() -> judge("\n{\"look\":1,\n", options(true, true)))
        .hasMessageStartingWith("line 2: not a JSON object");
    String good =
        "{\"look\":1,\"package\":\"p\",\"sli\":\"errors\",\"canary_events\":0,"
            + "\"canary_calls\":1,\"baseline_events\":0,\"baseline_calls\":1}\n";
    assertThatThrownBy(() -> judge(good + "2,p,errors,0,1,0,1\n", options(true, true)))
        .hasMessageStartingWith("line 2: not a JSON object");
    assertThatThrownBy(() -> judge("{\"look\":\"1\"}", options(true, true)))
        .hasMessage("line 1: look is \"1\", expected a number");
  }

  @Test
  void judge_twoRowsForOneLook() {
    String rows = "1,p,errors,1,2,3,4\n2,p,errors,1,2,3,4\n1,p,errors,1,2,3,4\n";
    assertThatThrownBy(() -> judge(HEADER + rows, options(false, true)))
        .isInstanceOf(LookFileException.class)
        .hasMessage("line 4: a second row for look 1 of p errors, the first is line 2");
  }

  /** Excel writes a byte order mark and carriage returns. */
  @Test
  void judge_fileFromASpreadsheet() throws Exception {
    String file = "\uFEFF" + HEADER.replace("\n", "\r\n") + "1,\"p\",errors,1,100,9,900\r\n";
    assertThat(judge(file, options(false, true))).contains("-,hold,1,");
  }
}
