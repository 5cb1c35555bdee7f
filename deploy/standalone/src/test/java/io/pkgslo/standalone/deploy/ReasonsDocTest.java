// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.judge.Rule;
import io.pkgslo.analyzer.correlate.CorrelateDrop;
import io.pkgslo.analyzer.sli.SliDrop;
import io.pkgslo.ingest.attribute.Correction;
import io.pkgslo.ingest.attribute.DropReason;
import io.pkgslo.ingest.decode.DecodeFailure;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The stages' pages name every reason for which something does not count, and no other. */
class ReasonsDocTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @Test
  void decode_namesItsFailures() {
    assertThat(reasons("decode"))
        .containsExactlyInAnyOrderElementsOf(names(DecodeFailure.values(), DecodeFailure::reason));
  }

  @Test
  void attribute_namesItsDropsAndCorrections() {
    assertThat(reasons("attribute"))
        .containsExactlyInAnyOrderElementsOf(names(DropReason.values(), DropReason::label));
    assertThat(code("attribute")).containsAll(names(Correction.values(), Correction::label));
  }

  @Test
  void correlate_namesItsDrops() {
    assertThat(code("correlate")).containsAll(names(CorrelateDrop.values(), CorrelateDrop::label));
  }

  @Test
  void sli_namesItsDrops() {
    assertThat(reasons("sli"))
        .containsExactlyInAnyOrderElementsOf(names(SliDrop.values(), SliDrop::reason));
  }

  @Test
  void verdicts_nameRulesThatExist() {
    List<String> rules = names(Rule.values(), Rule::id);
    List<MarkdownRow> rows =
        MarkdownRow.of("docs/verdicts.md").stream()
            .filter(row -> row.heading().equals("How it is decided"))
            .toList();

    assertThat(rows)
        .flatExtracting(row -> List.of(row.cells().get(0).replace("`", "").split(", ")))
        .filteredOn(rule -> !rule.equals("data-stale"))
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rules).contains(rule));
  }

  private static List<String> reasons(String stage) {
    return MarkdownRow.of(page(stage)).stream().map(MarkdownRow::name).toList();
  }

  private static List<String> code(String stage) {
    return CODE.matcher(SourceTree.text(page(stage))).results().map(m -> m.group(1)).toList();
  }

  private static String page(String stage) {
    return "docs/stages/" + stage + ".md";
  }

  private static <T> List<String> names(T[] values, Function<T, String> name) {
    return Arrays.stream(values).map(name).toList();
  }
}
